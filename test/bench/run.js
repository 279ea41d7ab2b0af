// Asks unroll and every rival in turn for the same work, several rounds in one run, and prints medians of the ratios of each round.
// See README.md.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    python: { type: 'string', multiple: true, default: ['python3'] },
    sizes: { type: 'string', default: '8x1,16x1,32x1,32x20,64x1,128x16' },
    steps: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '5' },
    skip: { type: 'string', multiple: true, default: [] },
    mathjs: { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').map((size) => {
  const [hidden, batch] = size.split('x').map(Number);
  return { hidden, input: hidden, steps: Number(values.steps), batch: batch ?? 1 };
});

const oneThread = { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };

/** A rival is a process that lives for the whole run, or until it fails; undefined when it cannot start here. */
async function start(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...oneThread } });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-4000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = once(child, 'error').then(([error]) => {
    complaint = error.message;
    return { done: true };
  });
  child.stdin.on('error', () => {});
  const reply = async () => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done)
      throw new Error(
        complaint.split('\n').find((line) => /^[\w.]*Error\b/.test(line)) ?? (complaint.trim() || 'it ended'),
      );
    return JSON.parse(value);
  };
  try {
    const { name } = await reply();
    const ask = (work) => {
      child.stdin.write(`${JSON.stringify(work)}\n`);
      return reply();
    };
    return { name, ask, stop: () => child.kill() };
  } catch (error) {
    process.stderr.write(`left out: ${command} ${args.join(' ').replace(`${here}/`, '')}: ${error.message}\n`);
    child.kill();
    return undefined;
  }
}

const program = join(here, '..', '..', 'dist', 'unroll.js');
if (!existsSync(program)) throw new Error('build unroll first: npm run build');
const ours = (engine, repeats) => ({
  name: `unroll ${engine}`,
  ask: async ({ hidden, input, steps, batch }) => {
    const options = { hidden, input, steps, batch, engine, repeats, format: 'json' };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const [row] = JSON.parse(execFileSync(process.execPath, [program, 'bench', 'lstm', ...args])).results;
    return { forward: row.forwardMicrosecondsPerStep, train: row.trainMicrosecondsPerStep, gflops: row.gflops };
  },
  stop: () => {},
});

const wanted = (name) => !values.skip.includes(name);
const rivals = [
  ...(wanted('pytorch')
    ? await Promise.all(values.python.map((python) => start(python, [join(here, 'rival.py')])))
    : []),
  ...(wanted('tfjs')
    ? [
        await start(process.execPath, [join(here, 'tfjs.js'), 'wasm']),
        await start(process.execPath, [join(here, 'tfjs.js'), 'cpu']),
      ]
    : []),
  ...(wanted('onnxruntime') ? [await start(process.execPath, [join(here, 'onnxruntime.js')])] : []),
  ...(values.mathjs ? [ours('mathjs', 3)] : []),
].filter((rival) => rival !== undefined);
const fast = ours('fast', 5);

const median = (numbers) => {
  const sorted = numbers.filter((n) => n !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return (low + high) / 2;
};
const text = (number) => (number === undefined ? '–' : number >= 100 ? number.toFixed(0) : number.toPrecision(3));
const row = (cells) => console.log(cells.map((cell, i) => (i === 1 ? cell.padEnd(24) : cell.padStart(12))).join(' '));

const failures = new Map();
/** The times of one round, none of one that fails: it is not asked again, and its row says why. */
async function asked(rival, work) {
  if (failures.has(rival)) return {};
  try {
    return await rival.ask(work);
  } catch (error) {
    failures.set(rival, error.message.split('\n')[0]);
    return {};
  }
}

console.log(
  `LSTM, T = ${values.steps}, D = H; microseconds a step, medians of ${values.rounds} rounds; ratio: theirs / ours`,
);
row(['H x batch', 'who', 'forward', 'training', 'ratio fwd', 'ratio train']);

for (const work of sizes) {
  const others = rivals.filter(({ name }) => name !== 'unroll mathjs' || work.batch === 1);
  const rounds = [];
  for (let r = 0; r < Number(values.rounds); r++) {
    const round = [await fast.ask(work)];
    for (const rival of others) round.push(await asked(rival, work));
    rounds.push(round);
  }
  for (const [index, rival] of [fast, ...others].entries()) {
    const times = (kind) => median(rounds.map((round) => round[index][kind]));
    const ratio = (kind) =>
      median(
        rounds.map((round) => (round[index][kind] === undefined ? undefined : round[index][kind] / round[0][kind])),
      );
    const first = index === 0 ? `${work.hidden} x ${work.batch}` : '';
    if (failures.has(rival)) row([first, rival.name, `failed: ${failures.get(rival)}`]);
    else
      row([
        first,
        rival.name,
        text(times('forward')),
        text(times('train')),
        ...(index === 0 ? [] : [text(ratio('forward')), text(ratio('train'))]),
      ]);
  }
}
for (const { stop } of rivals) stop();
