import { builtIn } from '/work/main/lib/cells/catalogue.ts';
import { startValues } from '/work/main/lib/experiments/start.ts';
import { random } from '/work/main/lib/numbers/random.ts';
import { tasks } from '/work/main/lib/tasks/catalogue.ts';
import { createModel } from '/work/main/lib/training/model.ts';
import { constantRate } from '/work/main/lib/training/rates.ts';
import { trainNow } from '/work/main/lib/training/train.ts';
import { evaluate } from '/work/main/lib/training/evaluate.ts';
import { constantTruth, linearTruth } from '/work/main/lib/training/truth.ts';
const [taskName, cell, updates, seeds, prefix, T, rho] = process.argv.slice(2);
const task = tasks.get(taskName!)!;
const U = Number(updates);
const modes: Record<string, any> = { forced: undefined, scheduled: linearTruth({ k: Number(process.env.K ?? .25), c: Number(process.env.K ?? .25) / U }), free: constantTruth(0) };
for (const mode of Object.keys(modes)) for (let s = 1; s <= Number(seeds); s++) {
  const t0 = performance.now();
  const rng = random(s);
  const { inputs, outputs } = task; const hidden = task.usual.hidden;
  const model = createModel({ cells: [builtIn(cell!)], directions: 1, hidden, inputs, outputs }, rng.fork('model'), (of, sizes, st) => startValues(of, sizes, { hidden, ...(rho === undefined ? {} : { radius: Number(rho) }) }, st));
  trainNow(model, { task, rng: rng.fork('data'), steps: task.usual.steps, batch: 16, updates: U, rate: constantRate(.01), clip: { by: 'norm', most: 1 }, ...(modes[mode] ? { sampling: { truth: modes[mode], by: 'step', own: task.loss === 'cross-entropy' ? 'sampled' : 'likeliest' } } : {}) });
  const t1 = performance.now();
  const opts = () => ({ rng: rng.fork('evaluation'), sequences: 256, steps: Number(T) });
  const a = evaluate(model, task, opts()), b = evaluate(model, task, { ...opts(), freeFrom: Number(prefix) });
  const t2 = performance.now();
  const f = (x: number) => (task.score === 'accuracy' ? 100 * (1 - x) : Math.sqrt(x)).toFixed(3);
  const G = (i: number) => (task.score === 'accuracy' ? (1 - b.scoreAt[i]!) / (1 - a.scoreAt[i]!) : Math.sqrt(b.scoreAt[i]! / a.scoreAt[i]!)).toFixed(2);
  const cpu = process.cpuUsage(); console.log(mode, s, "forced", f(a.score), "free rmse at 1,2,5,10,20,40:", [0,1,4,9,19,39].map(k => Number(prefix)+k<Number(T) ? f(b.scoreAt[Number(prefix)+k]!) : "").join(" "), "G20", G(Number(prefix)+19), "cpu", cpu.user/1e6);
}
