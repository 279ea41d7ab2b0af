// What the lines of a text must agree on: names, declarations, initialisers, the output.

import type { DeclarationLine, EquationLine, InitialiserLine } from './cell-lines.ts';
import type { EquationProblem } from './errors.ts';
import type { Span } from './expression.ts';
import { namesIn } from './expression.ts';
import { spanOfName, stateOfPrevious, suffix } from './infer.ts';
import { covers, initialiserKinds } from './initialisers.ts';
import { nearest } from './nearest.ts';
import { shapeLabel } from './print.ts';
import type { Shape } from './program.ts';
import { describe, termOfShape } from './shape-rules.ts';

/** A line and where it stands. */
export interface PlacedLine<L> {
  readonly line: L;
  readonly number: number;
  readonly text: string;
  readonly caption?: string | undefined;
}

export type Blamer = (at: PlacedLine<unknown>, problem: EquationProblem, span: Span) => void;

const isPrevious = (name: string): boolean => name.endsWith(suffix) && name.length > suffix.length;

/** Every name read is assigned above, a parameter, the input or the previous value of something assigned. */
export function checkNames(equations: readonly PlacedLine<EquationLine>[], blame: Blamer): void {
  const firstAt = new Map<string, number>();
  for (const at of equations) {
    const { name, nameSpan } = at.line;
    const first = firstAt.get(name);
    if (first !== undefined) blame(at, { code: 'assigned-twice', name, first }, nameSpan);
    else firstAt.set(name, at.number);
  }
  const read = new Set<string>();
  for (const { line } of equations) namesIn(line.value, read);
  for (const at of equations) {
    const { name, nameSpan } = at.line;
    const state = name.slice(0, -suffix.length);
    if (name.endsWith(suffix) && read.has(name)) blame(at, { code: 'assigns-previous', name, state }, nameSpan);
  }
  const assigned = new Set(firstAt.keys());
  const ready = new Set<string>();
  const missing = new Set<string>();
  for (const at of equations) {
    for (const name of namesIn(at.line.value)) {
      const span = spanOfName(at.line.value, name) ?? at.line.nameSpan;
      const base = name.slice(0, -suffix.length);
      if (name === at.line.name) {
        // h_t-1 is h_t minus 1, and was meant to be another thing.
        const typed = at.text.slice(span.end).startsWith('-1') ? `${name}-1` : undefined;
        if (!isPrevious(name) && !ready.has(name)) blame(at, { code: 'reads-itself', name, typed }, span);
      } else if (assigned.has(name) && !ready.has(name) && !isPrevious(name))
        blame(at, { code: 'used-before-assigned', name, assignedAt: firstAt.get(name)! }, span);
      else if (
        isPrevious(name) &&
        !assigned.has(name) &&
        stateOfPrevious(name, assigned) === undefined &&
        !missing.has(name)
      ) {
        missing.add(name);
        const near = assigned.has(`${base}_t`) ? `${base}_t` : nearest(base, assigned);
        blame(at, { code: 'previous-of-unassigned', name: base, nearest: near }, span);
      }
    }
    ready.add(at.line.name);
  }
}

export function checkDeclarations(
  equations: readonly PlacedLine<EquationLine>[],
  declarations: readonly PlacedLine<DeclarationLine>[],
  blame: Blamer,
): Map<string, Shape> {
  const known = new Set<string>();
  for (const { line } of equations) {
    known.add(line.name);
    namesIn(line.value, known);
  }
  const declared = new Map<string, Shape>();
  const firstAt = new Map<string, number>();
  for (const at of declarations) {
    const { name, nameSpan, shape } = at.line;
    const first = firstAt.get(name);
    if (first !== undefined) blame(at, { code: 'declared-twice', name, first }, nameSpan);
    else if (!known.has(name))
      blame(at, { code: 'declaration-unknown', name, nearest: nearest(name, known) }, nameSpan);
    firstAt.set(name, at.number);
    declared.set(name, shape);
  }
  return declared;
}

/** `h`, where it is assigned, has to be a column; else the last equation that gives one is the output. */
export function checkOutput(
  equations: readonly PlacedLine<EquationLine>[],
  output: string,
  shapes: ReadonlyMap<string, Shape>,
  blame: Blamer,
): string {
  const isColumn = (name: string): boolean => shapes.get(name)!.columns === 1;
  if (isColumn(output)) return output;
  const other = output === 'h' ? undefined : equations.findLast(({ line }) => isColumn(line.name));
  if (other !== undefined) return other.line.name;
  const at = equations.find(({ line }) => line.name === output)!;
  const got = describe(termOfShape(shapes.get(output)!));
  blame(at, { code: 'output-shape', name: output, got }, at.line.nameSpan);
  return output;
}

export function checkInitialisers(
  initialisers: readonly PlacedLine<InitialiserLine>[],
  parameters: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  blame: Blamer,
): void {
  for (const at of initialisers) {
    const { pattern, patternSpan, initialiser, of } = at.line;
    const covered = parameters.filter((p) => covers(pattern, p));
    if (covered.length === 0)
      blame(
        at,
        { code: 'initialiser-unmatched', pattern, parameters, nearest: nearest(pattern, parameters) },
        patternSpan,
      );
    const [vector] = covered;
    const isVector = (name: string) => shapes.get(name)!.columns === 1;
    if (initialiserKinds[initialiser].matrixOnly && vector !== undefined && covered.every(isVector)) {
      const got = describe(termOfShape(shapes.get(vector)!));
      blame(at, { code: 'initialiser-shape', kind: initialiser, name: vector, got }, patternSpan);
    }
    if (of !== undefined) checkMirror(at, of, covered, parameters, shapes, initialisers, blame);
  }
}

/** `b_i ~ minus(b_f)` wants a parameter of the same shape that is not itself a mirror. */
function checkMirror(
  at: PlacedLine<InitialiserLine>,
  of: string,
  covered: readonly string[],
  parameters: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  initialisers: readonly PlacedLine<InitialiserLine>[],
  blame: Blamer,
): void {
  if (!parameters.includes(of)) {
    const near = nearest(of, parameters);
    blame(at, { code: 'initialiser-unmatched', pattern: of, parameters, nearest: near }, at.line.span);
    return;
  }
  const isMirror = initialisers.some(({ line }) => line.of !== undefined && covers(line.pattern, of));
  const label = shapeLabel(shapes.get(of)!);
  if (isMirror || covered.some((name) => shapeLabel(shapes.get(name)!) !== label))
    blame(
      at,
      {
        code: 'initialiser-arguments',
        name: 'minus',
        wants: 'another parameter, of the same shape and drawn by itself',
        got: of,
      },
      at.line.span,
    );
}
