// Which engine runs a cell. mathjs is loaded only when it is asked for: it costs most of a start.

import type { Cell } from '../cells/catalogue.ts';
import type { Engine } from '../equations/trace.ts';

export const engineNames = ['fast', 'mathjs'] as const;
export type EngineName = (typeof engineNames)[number];

export async function engineFor(cell: Cell, engine: EngineName): Promise<Engine> {
  if (engine === 'mathjs') return (await import('../equations/mathjs-engine.ts')).mathjsEngine(cell.backward);
  return (await import('../kernels/engine.ts')).fastEngine(cell.program, cell.backward);
}
