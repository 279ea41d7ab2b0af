// The clock of `unroll bench`: how long a piece of work takes, as medians after a warm-up.

import { breathe } from '../experiments/kit/seeds.ts';
import { median } from '../numbers/statistics.ts';

interface TimingOptions {
  readonly repeats: number;
  /** Milliseconds of running before anything counts, so that the compilers of V8 are done; every work runs once at least. */
  readonly warmUp: number;
  /** Milliseconds that one measurement takes at least: short work is run several times in it. */
  readonly least: number;
}

/** Median microseconds of each work. They are measured in turn, so that a disturbance of the machine meets all of them. */
export async function microsecondsOf(
  works: readonly (() => void)[],
  { repeats, warmUp, least }: TimingOptions,
): Promise<number[]> {
  const times: number[] = [];
  for (const work of works) {
    let runs = 0;
    const begin = performance.now();
    do {
      work();
      runs++;
      if (runs % 64 === 0) await breathe();
    } while (performance.now() - begin < warmUp);
    const one = once(work, 1);
    times.push(Math.max(1, Math.ceil(least / Math.max(one, 1e-4))));
  }
  const measured: number[][] = works.map(() => []);
  for (let r = 0; r < repeats; r++)
    for (const [index, work] of works.entries()) {
      measured[index]!.push(once(work, times[index]!) * 1000);
      await breathe();
    }
  return measured.map(median);
}

/** Milliseconds of one run, the mean over so many. */
function once(work: () => void, times: number): number {
  const begin = performance.now();
  for (let i = 0; i < times; i++) work();
  return (performance.now() - begin) / times;
}
