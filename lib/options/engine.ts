// Which engine runs a cell. mathjs is loaded only when it is asked for: it costs most of a start.

import type { Cell } from '../cells/catalogue.ts';
import type { Engine } from '../equations/trace.ts';
import { fastEngine } from '../kernels/kernel-engine.ts';
import { engineRunner, type MakeRunner } from '../training/runner.ts';

export const engineNames = ['fast', 'mathjs'] as const;
export type EngineName = (typeof engineNames)[number];

export async function engineFor(cell: Cell, engine: EngineName): Promise<Engine> {
  if (engine === 'mathjs') return (await import('../equations/mathjs-engine.ts')).mathjsEngine(cell.backward);
  return fastEngine(cell.program, cell.backward);
}

/** Who runs the parts of a model that is trained; undefined for the kernels, which do when nobody is named. */
export async function runnersFor(engine: EngineName): Promise<MakeRunner | undefined> {
  if (engine === 'fast') return undefined;
  const { mathjsEngine } = await import('../equations/mathjs-engine.ts');
  return engineRunner(mathjsEngine);
}
