// Edited equations as a program again, where the language takes them: every name is there before it is read, every shape is what it was.

import { namesIn } from '../expression.ts';
import { rolesOf, suffix } from '../infer.ts';
import { covers } from '../initialisers.ts';
import type { Equation, Program, Shape } from '../program.ts';
import type { ShapeOf } from '../shape-of.ts';
import { ShapeClashError } from '../shape-rules.ts';

/**
 * The program with other equations under the same names; undefined when the language refuses them. Parameters are declared, as an edit
 * may take away what their shape was inferred from.
 */
export function rebuildProgram(program: Program, equations: readonly Equation[], shapes: ShapeOf): Program | undefined {
  const indexOf = new Map(equations.map(({ name }, at) => [name, at]));
  for (const [at, equation] of equations.entries()) {
    if (equation === program.equations[at]) continue;
    for (const read of namesIn(equation.value)) {
      const assigned = indexOf.get(read);
      // What an equation assigns and is called a previous value (d_h_prev) may not be read.
      if (assigned !== undefined && (assigned >= at || read.endsWith(suffix))) return undefined;
    }
    if (!isSame(shapeFrom(shapes, equation), program.shapes.get(equation.name)!)) return undefined;
  }
  const roles = rolesOf(equations);
  const kept = new Set([...roles.parameters, ...equations.map(({ name }) => name)]);
  const known = (name: string): Shape => program.shapes.get(name)!;
  return {
    ...program,
    equations,
    ...roles,
    output: program.output,
    shapes: new Map([...program.shapes].filter(([name]) => kept.has(name) || isRead(name, roles))),
    declarations: new Map([
      ...[...program.declarations].filter(([name]) => kept.has(name)),
      ...roles.parameters.map((name) => [name, known(name)] as const),
    ]),
    initialisers: program.initialisers.filter(
      ({ pattern, of }) =>
        roles.parameters.some((p) => covers(pattern, p)) && (of === undefined || roles.parameters.includes(of)),
    ),
    warnings: [],
  };
}

const isRead = (name: string, { states, readsInput }: ReturnType<typeof rolesOf>): boolean =>
  (name === 'x' && readsInput) || states.some((state) => name === `${state}_prev`);

const isSame = (a: Shape | undefined, b: Shape): boolean => a?.rows === b.rows && a.columns === b.columns;

function shapeFrom(shapes: ShapeOf, { value }: Equation): Shape | undefined {
  try {
    return shapes.of(value);
  } catch (error) {
    if (error instanceof ShapeClashError) return undefined;
    throw error;
  }
}
