// A cell and its derived backward pass as one program: what is printed, and what gives the derived names their shapes.

import { type Blame, inferShapes, inferTerms, isOpen, rolesOf } from './infer.ts';
import { type Equation, type Program, type Shape, shapeOf } from './program.ts';

/** Forward and backward as one program. What arrives at the step is a parameter of it. */
export function wholeProgram(
  program: Program,
  backward: readonly Equation[],
  arriving: ReadonlyMap<string, string>,
): Program {
  const equations = [...program.equations, ...backward];
  const roles = rolesOf(equations);
  const misfit: Blame = (at, problem) => {
    throw new Error(`the derived line ${equations[at]!.name} does not fit: ${problem.message}`);
  };
  const known = new Map(program.shapes);
  for (const [of, text] of arriving) known.set(text, shapeOf(program, of));
  const declarations = new Map(program.declarations);
  const declare = (wanted: (parameter: string, shape: Shape) => boolean): void => {
    for (const parameter of roles.parameters)
      if (wanted(parameter, known.get(parameter)!)) declarations.set(parameter, known.get(parameter)!);
  };
  // Like any vector, what arrives is a column of whatever it meets. It is declared where it is none or meets nothing.
  const arrived = new Set(arriving.values());
  declare((parameter, shape) => arrived.has(parameter) && (shape.rows !== 'H' || shape.columns !== 1));
  const terms = inferTerms(equations, roles, declarations, () => undefined, misfit);
  declare((parameter) => isOpen(terms.get(parameter)!));
  const shapes = inferShapes(equations, roles, declarations, () => undefined, misfit);
  return { ...program, equations, ...roles, output: program.output, shapes, declarations, initialisers: [] };
}
