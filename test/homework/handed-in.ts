// What is handed in for an exercise, called without a sandbox: the exercises' own files are ours.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ByValues } from '../../lib/homework/exercise.ts';
import { equations } from '../../lib/homework/exercise-kit/reference.ts';
import { fileOf } from '../../lib/homework/exercise-text.ts';
import type { Answer, Value } from '../../lib/homework/value.ts';

/** Answers a list of calls, in order. */
type HandedIn = (calls: readonly (readonly Value[])[]) => Promise<Answer[]>;

/** A file of the exercise's folder: `solution.js`, `starter.cell`. */
export function handedIn(exercise: ByValues, file: string): HandedIn {
  const path = fileOf(exercise, file);
  if (file.endsWith('.py')) return python(exercise, path);
  if (file.endsWith('.cell')) {
    const program = equations(readFileSync(path, 'utf8'));
    return async (calls) => calls.map((given) => exercise.answer(program, given));
  }
  return javascript(exercise, path);
}

const javascript =
  (exercise: ByValues, path: string): HandedIn =>
  async (calls) => {
    const module = await import(pathToFileURL(path).href);
    const camel = exercise.function.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return calls.map((given) => answerOf(exercise, module[camel](...structuredClone(given))));
  };

/** What came back, by name: a record as it is, a list in the order of `returns`, the value itself where there is one. */
function answerOf({ returns }: ByValues, returned: Value): Answer {
  if (returns.length === 1) return { [returns[0]!]: returned };
  return Array.isArray(returned)
    ? Object.fromEntries(returns.map((name, k) => [name, returned[k]]))
    : (returned as Answer);
}

const host = `
import importlib.util, json, sys
path, function, arrays = sys.argv[1], sys.argv[2], sys.argv[3] == "arrays"
if arrays:
    import numpy as np
def taken(v):
    if isinstance(v, dict): return {k: taken(e) for k, e in v.items()}
    if not (arrays and isinstance(v, list)): return v
    return [taken(e) for e in v] if v and isinstance(v[0], dict) else np.array(v, dtype=float)
def plain(v):
    if isinstance(v, dict): return {k: plain(e) for k, e in v.items()}
    if isinstance(v, (list, tuple)): return [plain(e) for e in v]
    return v.tolist() if hasattr(v, "tolist") else v
spec = importlib.util.spec_from_file_location("handed_in", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
calls = json.load(sys.stdin)
print(json.dumps([plain(getattr(module, function)(*[taken(v) for v in call])) for call in calls]))
`;

const python =
  (exercise: ByValues, path: string): HandedIn =>
  async (calls) => {
    const arrays = path.endsWith('-numpy.py') ? 'arrays' : 'lists';
    const { stdout, stderr, status } = spawnSync('python3', ['-B', '-c', host, path, exercise.function, arrays], {
      input: JSON.stringify(calls),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (status !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as Value[]).map((returned) => answerOf(exercise, returned));
  };

/** What there is to run Python files with. */
export const hasPython = spawnSync('python3', ['-c', 'pass']).status === 0;
export const hasNumpy = hasPython && spawnSync('python3', ['-c', 'import numpy']).status === 0;

/** max |got − expected| / max(1, |expected|) over all entries; NaN where the shape is another. */
export function distance(got: Value | undefined, expected: Value): number {
  if (typeof expected === 'number')
    return typeof got === 'number' ? Math.abs(got - expected) / Math.max(1, Math.abs(expected)) : Number.NaN;
  if (typeof got !== 'object' || Object.keys(got).length !== Object.keys(expected).length) return Number.NaN;
  const all = Object.entries(expected).map(([key, value]) => distance((got as Answer)[key], value));
  return all.some(Number.isNaN) ? Number.NaN : Math.max(0, ...all);
}
