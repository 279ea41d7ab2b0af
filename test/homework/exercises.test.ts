// Every exercise of the catalogue: its solutions are right and its starters wrong in every language, its worked examples are what the
// reference gives, its properties hold for what is right and not for what is not, and every slip shows.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { exerciseNamed, exercises } from '../../lib/homework/catalogue.ts';
import { casesOf } from '../../lib/homework/check-session.ts';
import { checksOf } from '../../lib/homework/checks.ts';
import type { ByValues } from '../../lib/homework/exercise.ts';
import { combined } from '../../lib/homework/exercise-kit/values.ts';
import { exerciseFiles, exercisesFolder, exerciseText } from '../../lib/homework/exercise-text.ts';
import { runOnce } from '../../lib/homework/run-program.ts';
import { type Answer, agrees, type Value } from '../../lib/homework/value.ts';
import { missingOf } from '../../lib/homework/verify.ts';
import { random } from '../../lib/numbers/random.ts';
import { distance, handedIn, hasNumpy, hasPython } from './handed-in.ts';

const byValues = exercises.filter((exercise): exercise is ByValues => exercise.kind === 'values');

/** A small call, a large one, and the steps of a chain from the small one. */
function callsFrom(exercise: ByValues, seed: number): (readonly Value[])[] {
  const rng = random(seed);
  const small = exercise.draw(rng, 'small');
  const calls = [small, exercise.draw(rng, 'large')];
  const { steps, next } = exercise.chain ?? { steps: 0, next: () => [] };
  let last: readonly Value[] = small;
  for (let step = 1; step < steps; step++) {
    last = next(last, exercise.answer(exercise.reference(), last), rng);
    calls.push(last);
  }
  return calls;
}

const seeds = Array.from({ length: 100 }, (_, k) => k + 1);

for (const exercise of byValues)
  describe(exercise.id, () => {
    const program = exercise.reference();
    const calls = seeds.flatMap((seed) => callsFrom(exercise, seed));
    const expected = calls.map((given) => exercise.answer(program, given));
    const files = exerciseFiles(exercise);

    for (const file of files.filter((name) => /^(solution|starter)[-.]/.test(name))) {
      const skip = file.endsWith('.py') && !(file.includes('numpy') ? hasNumpy : hasPython);
      const starts = file.startsWith('starter');
      it(`${file} ${starts ? 'runs and is wrong' : 'is right'} over 100 seeds`, { skip }, async () => {
        const answers = await handedIn(exercise, file)(calls);
        const errors = answers.map((answer, k) => distance(answer, expected[k]!));
        if (starts) assert.ok(!(Math.max(...errors) <= 1e-6), `${file} is right: ${Math.max(...errors)}`);
        else assert.ok(Math.max(...errors) <= 1e-9, `off by ${Math.max(...errors)}`);
      });
    }

    it('says in its worked examples what the reference gives, to the digits shown', async () => {
      const { examples } = await exerciseText(exercise);
      assert.ok(examples.length > 0);
      for (const example of examples) {
        assert.deepEqual(Object.keys(example).sort(), [...exercise.parameters, ...exercise.returns].sort());
        const given = exercise.parameters.map((name) => example[name] as Value);
        const answer = exercise.answer(program, given);
        for (const name of exercise.returns)
          assert.ok(distance(example[name] as Value, answer[name]!) <= 0.5e-4 + 1e-12, `${name} is ${answer[name]}`);
      }
    });

    for (const property of exercise.properties)
      it(`has a property that holds for the reference alone: ${property.says}`, async () => {
        for (const seed of seeds.slice(0, 20)) {
          const held = await property.holds(async (given) => exercise.answer(program, given), random(seed));
          assert.ok(held.holds, JSON.stringify(held));
          // Numbers that drift from call to call have no property at all.
          let count = 0;
          const drifting = async (given: readonly Value[]) => {
            count++;
            return shifted(exercise.answer(program, given), 3 * count) as ReturnType<typeof exercise.answer>;
          };
          const other = await property.holds(drifting, random(seed));
          assert.ok(!other.holds && other.because.length > 0);
        }
      });

    it('has slips, each of which gives other numbers on some of 100 seeds, as every mistake has to on all checks of verify', () => {
      assert.ok(exercise.slips().length > 0);
      for (const slip of exercise.slips()) {
        const shown = calls.map((given, k) => distance(slip.answer(program, given), expected[k]!));
        assert.ok(!(Math.max(...shown) <= 1e-6), slip.id);
      }
    });
  });

/** Every number moved, and each by another amount. */
function shifted(value: Value, by: number): Value {
  let entries = 0;
  const moved = (part: Value): Value => {
    if (typeof part === 'number') return part + by + 0.7 * entries++;
    if (typeof part === 'string') return part;
    if (Array.isArray(part)) return part.map(moved);
    return Object.fromEntries(Object.entries(part).map(([name, entry]) => [name, moved(entry)]));
  };
  return moved(value);
}

describe('the catalogue', () => {
  it('has a folder for every exercise and an exercise for every folder, under one name', async () => {
    const folders = readdirSync(exercisesFolder(), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), exercises.map(({ id }) => id).sort());
    for (const { id } of exercises) assert.equal((await exerciseText({ id })).id, id);
  });

  it('gives no two checks of an exercise the same id', () => {
    for (const exercise of byValues) {
      const ids = checksOf(exercise).map(({ id }) => id);
      assert.deepEqual(
        ids.filter((id, i) => ids.indexOf(id) !== i),
        [],
        exercise.id,
      );
    }
  });

  it('has in every folder what verify asks for, and verify names what is not there', async () => {
    for (const exercise of exercises)
      assert.deepEqual(missingOf({ exercise, text: await exerciseText(exercise) }), [], exercise.id);
    const exercise = exerciseNamed('gru-step')!;
    const text = await exerciseText(exercise);
    const cells = ['exercise.md', 'solution.cell', 'starter.cell'];
    assert.deepEqual(missingOf({ exercise, text }, cells), [
      ...['starter.js', 'solution.js', 'starter.ts', 'solution.ts', 'starter.py', 'solution.py', 'solution-numpy.py'],
    ]);
    assert.deepEqual(missingOf({ exercise, text: { ...text, examples: [] } }), ['an example of a call']);
    const [example] = text.examples as [(typeof text.examples)[0]];
    const other = { ...text, examples: [{ ...example, h: combined((v) => v! + 0.001, example.h as Value) }] };
    assert.deepEqual(missingOf({ exercise, text: other }), ['the right numbers in an example']);
    const { h, ...withoutH } = example;
    assert.deepEqual(missingOf({ exercise, text: { ...text, examples: [withoutH] } }), ['`h` in an example']);
  });

  it('requires only exercises that come before', async () => {
    const before = new Set<string>();
    for (const { id } of exercises) {
      for (const required of (await exerciseText({ id })).requires)
        assert.ok(before.has(required), `${id}: ${required}`);
      before.add(id);
    }
  });

  it('finds an exercise by its id', () => {
    assert.equal(exerciseNamed('rnn-step')?.id, 'rnn-step');
    assert.equal(exerciseNamed('constructor'), undefined);
  });

  it('takes the line of the textbooks as it stands', { skip: !hasNumpy }, async () => {
    const rnnStep = byValues.find(({ id }) => id === 'rnn-step')!;
    const given = rnnStep.draw(random(1), 'small');
    const [answer] = await handedIn(rnnStep, 'solution-numpy.py')([given]);
    const [h_prev, x, W_h, W_x, b] = given;
    const expected = runOnce(rnnStep.reference(), { h_prev: h_prev!, x: x!, W_h: W_h!, W_x: W_x!, b: b! }, ['h']);
    assert.ok(distance(answer!, expected) <= 1e-12);
  });
});

describe('calls at the edges show', () => {
  const passesOn = (id: string, tolerance: number, answer: (given: readonly Value[]) => Answer): number[] => {
    const exercise = exerciseNamed(id) as ByValues;
    return seeds.slice(0, 40).filter((seed) => {
      const { small, large, edges } = casesOf(exercise, random(seed));
      return [...small, ...large, ...edges].every(({ given, expected }) => agrees(answer(given), expected, tolerance));
    });
  };
  const rightOf = (id: string, given: readonly Value[]): Answer => {
    const exercise = exerciseNamed(id) as ByValues;
    return exercise.answer(exercise.reference(), given);
  };

  it('attention weights that are cut to 0 or to 1', () => {
    const toZero = [1e-3, 1e-4, 1e-5].map((least) => (v: number) => (v < least ? 0 : v));
    for (const change of [...toZero, (v: number) => (v > 0.99 ? 1 : v)]) {
      const answer = (given: readonly Value[]): Answer => {
        const alpha = combined((v) => change(v!), rightOf('additive-attention', given).alpha!) as number[];
        const rows = given[1] as readonly number[][];
        const context = rows[0]!.map((_, d) => alpha.reduce((sum, weight, j) => sum + weight * rows[j]![d]!, 0));
        return { context, alpha };
      };
      assert.deepEqual(passesOn('additive-attention', 1e-8, answer), []);
    }
  });

  it('gradients with a norm below 1 that are left as they are, and tensors beyond the fourth that are not counted', () => {
    const clipped = (counted: (gradients: Record<string, Value>) => Record<string, Value>, least: number) =>
      passesOn('clip-gradients', 1e-6, ([gradients, most]) => {
        const tensors = gradients as Record<string, Value>;
        const length = Math.hypot(...(Object.values(counted(tensors)).flat(2) as number[]));
        const factor = length > Math.max(least, most as number) ? (most as number) / length : 1;
        return { clipped: combined((v) => factor * v!, tensors) };
      });
    const all = (tensors: Record<string, Value>) => tensors;
    assert.equal(clipped(all, 0).length, 40);
    assert.deepEqual(clipped(all, 1), []);
    assert.deepEqual(
      clipped((tensors) => Object.fromEntries(Object.entries(tensors).slice(0, 4)), 0),
      [],
    );
  });

  it('nothing that is no mistake: tanh by exp, which overflows beyond 709', async () => {
    const byExp = (v: number): number => {
      const [there, back] = [Math.exp(v), Math.exp(-v)];
      return (there - back) / (there + back);
    };
    const exercise = exerciseNamed('rnn-step') as ByValues;
    const sum = (row: readonly number[], v: readonly number[]) => row.reduce((all, w, j) => all + w * v[j]!, 0);
    const answer = async (given: readonly Value[]): Promise<Answer> => {
      const [h_prev, x, W_h, W_x, b] = given as unknown as [number[], number[], number[][], number[][], number[]];
      return { h: b.map((bias, i) => byExp(sum(W_h[i]!, h_prev) + sum(W_x[i]!, x) + bias)) };
    };
    for (const seed of seeds)
      for (const property of exercise.properties) assert.ok((await property.holds(answer, random(seed))).holds);
  });
});
