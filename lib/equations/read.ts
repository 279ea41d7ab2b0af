// Text -> Program, or the errors in it. Never throws for anything a user can write.

import {
  type Blamer,
  checkDeclarations,
  checkInitialisers,
  checkNames,
  checkOutput,
  type PlacedLine,
} from './cell-checks.ts';
import {
  type CellLine,
  type DeclarationLine,
  type EquationLine,
  type InitialiserLine,
  readCellLine,
} from './cell-lines.ts';
import type { EquationError, EquationProblem } from './errors.ts';
import type { Span } from './expression.ts';
import { type Assignment, inferShapes, type Roles, rolesOf, suffix } from './infer.ts';
import { constantsElsewhere } from './likely.ts';
import { misspeltAmong } from './nearest.ts';
import type { Program } from './program.ts';
import { LineProblem } from './tokens.ts';

type Reading =
  | { readonly program: Program; readonly errors?: undefined }
  | { readonly program?: undefined; readonly errors: readonly EquationError[] };

const longestText = 65_536;
const longestLine = 2_000;
/** Errors after which the next line is most likely the rest of the equation. */
const continued: ReadonlySet<string> = new Set(['ends-with-operator', 'parenthesis-unclosed']);
/** Nobody mends more at a time. */
const mostErrors = 20;

/**
 * Reads a cell: equations, declarations and initialisers, one a line (or separated by `;`), comments behind `#`.
 * `source` names the text in errors: a file's name, `equation`, `standard input`.
 */
export function readProgram(text: string, source = 'equation'): Reading {
  if (text.length > longestText) return { errors: [wholeText({ code: 'text-too-long' }, text, source)] };
  const { placed, heading, errors } = readLines(text, source);
  if (errors.length > 0) return { errors };
  if (!placed.some(isEquation)) return { errors: [wholeText({ code: 'no-equations' }, text, source)] };
  const failed: EquationError[] = [];
  const blame = (at: PlacedLine<unknown>, problem: EquationProblem, { start, end }: Span): void => {
    failed.push({ source, line: at.number, text: at.text, span: { start, end }, problem });
    if (failed.length === mostErrors) throw new Stop();
  };
  const stopIfFailed = (): void => {
    if (failed.length > 0) throw new Stop();
  };
  try {
    return { program: checked(placed, heading, blame, stopIfFailed) };
  } catch (error) {
    if (error instanceof Stop) return { errors: failed };
    throw error;
  }
}

/** Thrown when there are errors that keep the next check from making sense. */
class Stop extends Error {}

const isEquation = (placed: PlacedLine<CellLine>): placed is PlacedLine<EquationLine> =>
  placed.line.kind === 'equation';

function checked(
  placed: readonly PlacedLine<CellLine>[],
  heading: readonly string[],
  blame: Blamer,
  stopIfFailed: () => void,
): Program {
  const equations = placed.filter(isEquation);
  const declarations = placed.filter((p): p is PlacedLine<DeclarationLine> => p.line.kind === 'declaration');
  const initialisers = placed.filter((p): p is PlacedLine<InitialiserLine> => p.line.kind === 'initialiser');
  checkNames(equations, blame);
  const declared = checkDeclarations(equations, declarations, blame);
  stopIfFailed();

  const assignments = equations.map(({ line }) => line);
  const roles = rolesOf(assignments);
  const textOf = (at: number) => equations[at]?.text;
  const shapes = inferShapes(assignments, roles, declared, textOf, (at, { problem, span }) => {
    blame(equations[at]!, problem, span);
    throw new Stop();
  });
  const output = checkOutput(equations, roles.output, shapes, blame);
  checkInitialisers(initialisers, roles.parameters, shapes, blame);
  stopIfFailed();
  return {
    heading,
    equations: equations.map(({ line: { name, value }, number, caption }) => ({ name, value, line: number, caption })),
    ...roles,
    output,
    shapes,
    initialisers: initialisers.map(({ line: { pattern, initialiser: kind, args, of }, number }) => ({
      pattern,
      kind,
      args,
      line: number,
      of,
    })),
    declarations: declared,
    warnings: warningsOf(
      assignments,
      roles,
      new Set([...declared.keys(), ...initialisers.map(({ line }) => line.pattern)]),
    ),
  };
}

function wholeText(problem: EquationProblem, text: string, source: string): EquationError {
  const first = text.slice(0, 200).split('\n')[0] ?? '';
  return { source, line: 1, text: first, span: { start: 0, end: Math.max(1, first.length) }, problem };
}

function readLines(text: string, source: string) {
  const placed: PlacedLine<CellLine>[] = [];
  const heading: string[] = [];
  const errors: EquationError[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r|\u2028|\u2029/).entries()) {
    if (errors.length >= mostErrors) break;
    // What continues a line that is wrong is wrong for the same reason.
    const last = errors.at(-1);
    if (last?.line === index && continued.has(last.problem.code)) continue;
    const number = index + 1;
    const fail = (problem: EquationProblem, span: Span) =>
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
    for (const part of partsOf(code)) {
      const padded = ' '.repeat(offset) + part;
      offset += part.length + 1;
      if (part.trim() === '') continue;
      try {
        // `||`: a comment without words is none.
        placed.push({
          line: readCellLine(padded),
          number,
          text: raw,
          caption: offset > code.length ? comment || undefined : undefined,
        });
      } catch (error) {
        if (!(error instanceof LineProblem)) throw error;
        fail(error.problem, error.span);
        break;
      }
    }
  }
  return { placed, heading, errors };
}

/** What the semicolons outside of brackets separate. */
function partsOf(code: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i < code.length; i++) {
    if ('([{'.includes(code[i]!)) depth++;
    if (')]}'.includes(code[i]!)) depth--;
    if (code[i] === ';' && depth <= 0) {
      parts.push(code.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, code.slice(start)];
}

// Legal, and most likely not meant.

const otherInputs = new Set(['X', 'x_t', 'xt', 'X_t', 'input', 'inputs']);

/** A sentence for everything that looks like a slip. `settled` are names with a declaration or an initialiser of their own. */
function warningsOf(
  equations: readonly Assignment[],
  { parameters, readsInput }: Roles,
  settled: ReadonlySet<string>,
): string[] {
  const assigned = equations.map(({ name }) => name);
  const known = new Set(assigned);
  const inputs = readsInput ? [] : parameters.filter((name) => otherInputs.has(name));
  const slips = [
    ...inputs.map((name) => ({ name, instead: 'x' })),
    ...misspeltAmong(
      parameters.filter((name) => !inputs.includes(name)),
      assigned,
    ),
  ];
  const warnings = slips.map(
    ({ name, instead }) =>
      `\`${name}\` is read as a parameter. If it was meant to be \`${instead}\`, mend the spelling.`,
  );
  for (const name of parameters) {
    const number = constantsElsewhere.get(name);
    if (number !== undefined && !settled.has(name))
      warnings.push(`\`${name}\` is read as a learned parameter, not as a constant. For the number, write ${number}.`);
  }
  for (const name of assigned) {
    const state = name.slice(0, -suffix.length);
    // A derived pass assigns d_h_prev, which goes back to the step before.
    if (name.endsWith(suffix) && known.has(state) && !name.startsWith('d'))
      warnings.push(`\`${name}\` is assigned and never read, so it carries nothing to the next step.`);
  }
  return warnings;
}
