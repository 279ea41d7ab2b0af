// Text -> Program, or the errors in it. Never throws for anything a user can write.

import type { EquationError, Problem } from './errors.ts';
import type { Span } from './expression.ts';
import { namesIn } from './expression.ts';
import { type Assignment, inferShapes, rolesOf, spanOfName, stateOf } from './infer.ts';
import { covers, initialiserKinds } from './initialisers.ts';
import { type DeclarationLine, type EquationLine, type InitialiserLine, readLine } from './lines.ts';
import { nearest } from './nearest.ts';
import { functionNames } from './ops.ts';
import { shapeLabel } from './print.ts';
import type { Equation, Initialiser, Program, Shape } from './program.ts';
import { describe, termOfShape } from './shapes.ts';
import { LineProblem } from './tokens.ts';

export type Reading =
  | { readonly program: Program; readonly errors?: undefined }
  | { readonly program?: undefined; readonly errors: readonly EquationError[] };

const longestText = 65_536;
const longestLine = 2_000;
const suffix = '_prev';

interface Placed<L> {
  readonly line: L;
  readonly number: number;
  readonly text: string;
  readonly caption?: string;
}

/**
 * Reads a cell: equations, declarations and initialisers, one a line (or separated by `;`), comments behind `#`.
 * `source` names the text in errors: a file's name, `equation`, `standard input`.
 */
export function readProgram(text: string, source = 'equation'): Reading {
  if (text.length > longestText) return { errors: [wholeText({ code: 'text-too-long' }, text, source)] };
  const { placed, heading, errors } = readLines(text, source);
  if (errors.length > 0) return { errors };
  const equations = placed.filter((p): p is Placed<EquationLine> => p.line.kind === 'equation');
  const declarations = placed.filter((p): p is Placed<DeclarationLine> => p.line.kind === 'declaration');
  const initialisers = placed.filter((p): p is Placed<InitialiserLine> => p.line.kind === 'initialiser');
  if (equations.length === 0) return { errors: [wholeText({ code: 'no-equations' }, text, source)] };

  const failed: EquationError[] = [];
  const blame = (at: Placed<unknown>, problem: Problem, span: Span): void => {
    failed.push({ source, line: at.number, text: at.text, span: { start: span.start, end: span.end }, problem });
  };
  checkNames(equations, blame);
  const declared = checkDeclarations(equations, declarations, blame);
  if (failed.length > 0) return { errors: failed };

  const assignments: Assignment[] = equations.map(({ line }) => line);
  const roles = rolesOf(assignments);
  let shapes: Map<string, Shape>;
  try {
    shapes = inferShapes(
      assignments,
      roles,
      declared,
      (at) => equations[at]?.text,
      (at, { problem, span }) => {
        blame(equations[at]!, problem, span);
        throw new Stop();
      },
    );
  } catch (error) {
    if (error instanceof Stop) return { errors: failed };
    throw error;
  }
  const output = checkOutput(equations, roles.output, shapes, blame);
  checkInitialisers(initialisers, roles.parameters, shapes, blame);
  if (failed.length > 0) return { errors: failed };
  return {
    program: {
      heading,
      equations: equations.map(
        ({ line, number, caption }): Equation => ({
          name: line.name,
          value: line.value,
          line: number,
          ...(caption === undefined ? {} : { caption }),
        }),
      ),
      ...roles,
      output,
      shapes,
      initialisers: initialisers.map(
        ({ line, number }): Initialiser => ({
          pattern: line.pattern,
          kind: line.initialiser,
          args: line.args,
          line: number,
          ...(line.of === undefined ? {} : { of: line.of }),
        }),
      ),
      declarations: declared,
      warnings: warningsOf(equations, roles),
    },
  };
}

class Stop extends Error {}

type Blamer = (at: Placed<unknown>, problem: Problem, span: Span) => void;

function wholeText(problem: Problem, text: string, source: string): EquationError {
  const first = text.slice(0, 200).split('\n')[0] ?? '';
  return { source, line: 1, text: first, span: { start: 0, end: Math.max(1, first.length) }, problem };
}

function readLines(text: string, source: string) {
  const placed: Placed<EquationLine | DeclarationLine | InitialiserLine>[] = [];
  const heading: string[] = [];
  const errors: EquationError[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r|\u2028|\u2029/).entries()) {
    const number = index + 1;
    const fail = (problem: Problem, span: Span) =>
      errors.push({ source, line: number, text: raw, span: { start: span.start, end: span.end }, problem });
    if (raw.length > longestLine) {
      fail({ code: 'line-too-long' }, { start: 0, end: raw.length });
      continue;
    }
    const hash = raw.indexOf('#');
    const comment = hash < 0 ? undefined : raw.slice(hash + 1).trim();
    const code = hash < 0 ? raw : raw.slice(0, hash);
    if (code.trim() === '') {
      if (comment !== undefined && placed.length === 0) heading.push(comment);
      continue;
    }
    // Parts between semicolons keep their places: what stands before them becomes blanks.
    let offset = 0;
    for (const part of code.split(';')) {
      const padded = ' '.repeat(offset) + part;
      offset += part.length + 1;
      if (part.trim() === '') continue;
      try {
        const caption = comment !== undefined && comment !== '' && offset > code.length ? { caption: comment } : {};
        placed.push({ line: readLine(padded), number, text: raw, ...caption });
      } catch (error) {
        if (!(error instanceof LineProblem)) throw error;
        fail(error.problem, error.span);
        break;
      }
    }
  }
  return { placed, heading, errors };
}

/** Every name read is assigned above, a parameter, the input or the previous value of something assigned. */
function checkNames(equations: readonly Placed<EquationLine>[], blame: Blamer): void {
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
  for (const at of equations) {
    for (const name of namesIn(at.line.value)) {
      const span = spanOfName(at.line.value, name) ?? at.line.nameSpan;
      const base = name.slice(0, -suffix.length);
      if (name === at.line.name) blame(at, { code: 'reads-itself', name }, span);
      else if (assigned.has(name) && !ready.has(name))
        blame(at, { code: 'used-before-assigned', name, assignedAt: firstAt.get(name)! }, span);
      else if (name.endsWith(suffix) && base !== '' && !assigned.has(name) && stateOf(name, assigned) === undefined) {
        const near = nearest(base, assigned);
        blame(
          at,
          { code: 'previous-of-unassigned', name: base, ...(near === undefined ? {} : { nearest: near }) },
          span,
        );
      }
    }
    ready.add(at.line.name);
  }
}

function checkDeclarations(
  equations: readonly Placed<EquationLine>[],
  declarations: readonly Placed<DeclarationLine>[],
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
    else if (!known.has(name)) {
      const near = nearest(name, known);
      blame(at, { code: 'declaration-unknown', name, ...(near === undefined ? {} : { nearest: near }) }, nameSpan);
    }
    firstAt.set(name, at.number);
    declared.set(name, shape);
  }
  return declared;
}

/** `h`, where it is assigned, has to be a column; else the last equation that gives one is the output. */
function checkOutput(
  equations: readonly Placed<EquationLine>[],
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

function checkInitialisers(
  initialisers: readonly Placed<InitialiserLine>[],
  parameters: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  blame: Blamer,
): void {
  for (const at of initialisers) {
    const { pattern, patternSpan, initialiser, of } = at.line;
    const covered = parameters.filter((p) => covers(pattern, p));
    if (covered.length === 0) {
      const near = nearest(pattern, parameters);
      blame(
        at,
        { code: 'initialiser-unmatched', pattern, ...(near === undefined ? {} : { nearest: near }) },
        patternSpan,
      );
    }
    if (initialiserKinds[initialiser].matrixOnly)
      for (const name of covered) {
        const shape = shapes.get(name)!;
        if (shape.columns === 1 && !pattern.endsWith('*'))
          blame(
            at,
            { code: 'initialiser-shape', kind: initialiser, name, got: describe(termOfShape(shape)) },
            patternSpan,
          );
      }
    if (of !== undefined) checkMirror(at, of, covered, parameters, shapes, initialisers, blame);
  }
}

/** `b_i ~ minus(b_f)` wants a parameter of the same shape that is not itself a mirror. */
function checkMirror(
  at: Placed<InitialiserLine>,
  of: string,
  covered: readonly string[],
  parameters: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  initialisers: readonly Placed<InitialiserLine>[],
  blame: Blamer,
): void {
  const near = nearest(of, parameters);
  if (!parameters.includes(of)) {
    blame(
      at,
      { code: 'initialiser-unmatched', pattern: of, ...(near === undefined ? {} : { nearest: near }) },
      at.line.span,
    );
    return;
  }
  const isMirror = initialisers.some(({ line }) => line.of !== undefined && covers(line.pattern, of));
  const label = shapeLabel(shapes.get(of)!);
  if (isMirror || covered.some((name) => shapeLabel(shapes.get(name)!) !== label))
    blame(
      at,
      { code: 'initialiser-arguments', name: 'minus', wants: 'another parameter of the same shape', got: of },
      at.line.span,
    );
}

/** Legal, and most likely not meant. */
function warningsOf(
  equations: readonly Placed<EquationLine>[],
  roles: { readonly states: readonly string[]; readonly parameters: readonly string[] },
): string[] {
  const warnings: string[] = [];
  const likely = [
    ...roles.states.map((s) => s + suffix),
    ...equations.map(({ line }) => line.name).filter((n) => n.length > 3),
    ...functionNames,
  ];
  for (const parameter of roles.parameters) {
    const near = parameter.length > 4 ? nearest(parameter, likely) : undefined;
    if (near !== undefined && !likely.includes(parameter))
      warnings.push(`\`${parameter}\` is read as a parameter. If it was meant to be \`${near}\`, mend the spelling.`);
  }
  for (const { line } of equations)
    if (
      line.name.endsWith(suffix) &&
      equations.some((e) => e.line.name === line.name.slice(0, -suffix.length)) &&
      !line.name.startsWith('d')
    )
      warnings.push(`\`${line.name}\` is assigned and never read, so it carries nothing to the next step.`);
  return warnings;
}
