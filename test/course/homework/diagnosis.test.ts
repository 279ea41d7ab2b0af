// A mistake is named exactly when the numbers are its: known edits written as student code get their name, other edits get the name of
// what they come to or none, and nothing gets a wrong one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answered, diagnose } from '../../../lib/course/homework/diagnosis.ts';
import { agrees } from '../../../lib/course/homework/difference.ts';
import type { Answer, ByValues, Mistake } from '../../../lib/course/homework/exercise.ts';
import { exerciseNamed, exercises } from '../../../lib/course/homework/exercises/catalogue.ts';
import { answerOf, hiddenMistakes, mistakeId, mistakesOf } from '../../../lib/course/homework/mistakes.ts';
import type { Value } from '../../../lib/course/homework/value.ts';
import type { Program } from '../../../lib/equations/program.ts';
import { random } from '../../../lib/numbers/random.ts';
import { editsOf, linesOf, type OtherEdit, programsOf, twiceEdited } from './other-edits.ts';
import { asJavaScript, jsPrelude } from './student-code.ts';
import { signatures } from './written-exercises.ts';

type Written = (...given: readonly Value[]) => Answer | Value;

const byValues = exercises.filter((exercise): exercise is ByValues => exercise.kind === 'values');
const written = [...signatures].map(([id, signature]) => ({ exercise: exerciseNamed(id) as ByValues, signature }));

/** Functions of a module that is nothing but text here. */
async function functionsOf(sources: readonly string[]): Promise<readonly Written[]> {
  const text = `${jsPrelude}\nexport default [\n${sources.join(',\n')}\n];`;
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return module.default;
}

const casesOf = (exercise: ByValues, answer: (given: readonly Value[]) => Answer, seed: number): Answered[] =>
  Array.from({ length: 5 }, (_, i) => {
    const given = exercise.draw(random(seed).fork(`case ${i}`), 'small');
    return { given, got: answer(given) };
  });

const answering =
  ({ returns }: ByValues, run: Written) =>
  (given: readonly Value[]): Answer => {
    const returned = run(...structuredClone(given));
    return returns.length === 1 ? { [returns[0]!]: returned as Value } : (returned as Answer);
  };

const mistakeNamed = (exercise: ByValues, id: string): Mistake =>
  mistakesOf(exercise).find((mistake) => mistakeId(mistake) === id)!;

/** Whether two functions answer alike, on calls that no diagnosis has seen. */
const isAlike = (exercise: ByValues, a: (given: readonly Value[]) => Answer, b: (given: readonly Value[]) => Answer) =>
  Array.from({ length: 12 }, (_, i) => exercise.draw(random(99).fork(`${i}`), i % 2 === 0 ? 'small' : 'large')).every(
    (given) => agrees(a(given), b(given), 1e-8),
  );

/** `right`: the name is that of a mistake with the very same answers. */
function judged(
  exercise: ByValues,
  answer: (given: readonly Value[]) => Answer,
  seed: number,
): 'right' | 'none' | 'wrong' {
  const { mistake } = diagnose(exercise, casesOf(exercise, answer, seed));
  if (mistake === undefined) return 'none';
  const named = mistakeNamed(exercise, mistake.id);
  return isAlike(exercise, answer, (given) => answerOf(exercise, named, given)) ? 'right' : 'wrong';
}

const written_ = async (signature: (typeof written)[number]['signature'], programs: readonly Program[]) =>
  functionsOf(programs.map((program) => asJavaScript(program, signature)));

test('every mistake of every exercise, handed in, is named; the equations shown are those of the edit', () => {
  for (const exercise of byValues)
    for (const mistake of mistakesOf(exercise)) {
      const found = diagnose(
        exercise,
        casesOf(exercise, (given) => answerOf(exercise, mistake, given), 4),
      ).mistake;
      if (found === undefined) continue;
      const named = mistakeNamed(exercise, found.id);
      assert.ok(
        named === mistake ||
          isAlike(
            exercise,
            (given) => answerOf(exercise, named, given),
            (given) => answerOf(exercise, mistake, given),
          ),
        `${exercise.id}: ${mistakeId(mistake)} is called ${found.id}`,
      );
    }
});

test('what is right gets no name', () => {
  for (const exercise of byValues) {
    const cases = casesOf(exercise, (given) => exercise.answer(exercise.reference(), given), 3);
    assert.deepEqual(diagnose(exercise, cases), {}, exercise.id);
  }
});

for (const { exercise, signature } of written)
  test(`${exercise.id}: 95 in 100 edits, written in JavaScript, are named as what they are, none as another`, async () => {
    const edits = mistakesOf(exercise).flatMap((mistake) => (mistake.kind === 'edit' ? [mistake.mutant] : []));
    const runs = await written_(
      signature,
      edits.map(({ program }) => program),
    );
    let named = 0;
    for (const [i, mutant] of edits.entries()) {
      const answer = answering(exercise, runs[i]!);
      const { mistake } = diagnose(exercise, casesOf(exercise, answer, 100 + i));
      if (mistake === undefined) continue;
      named++;
      if (mistake.id === mutant.id) {
        assert.deepEqual([mistake.says, mistake.wrong, mistake.right], [mutant.says, mutant.after, mutant.before]);
        continue;
      }
      const other = mistakeNamed(exercise, mistake.id);
      assert.ok(
        isAlike(exercise, answer, (given) => answerOf(exercise, other, given)),
        `${mutant.id}: ${mistake.id}`,
      );
    }
    console.log(`${exercise.id}: ${named} of ${edits.length}`);
    assert.ok(named >= 0.95 * edits.length, `${named} of ${edits.length} are named`);
  });

/** Student code for other edits, judged. */
async function tally({ exercise, signature }: (typeof written)[number], edits: readonly OtherEdit[]) {
  const runs = await written_(
    signature,
    edits.map(({ program }) => program),
  );
  const counts = { right: [] as string[], none: [] as string[], wrong: [] as string[], same: [] as string[] };
  for (const [i, { what }] of edits.entries()) {
    const answer = answering(exercise, runs[i]!);
    const same = isAlike(exercise, answer, (given) => exercise.answer(exercise.reference(), given));
    counts[same ? 'same' : judged(exercise, answer, 500 + i)].push(what);
  }
  return counts;
}

for (const one of written)
  test(`${one.exercise.id}: edits made by another way are named as what they come to, or not at all`, async () => {
    const reference = one.exercise.reference();
    const single = await tally(one, programsOf(reference, editsOf(linesOf(reference))));
    console.log(
      `${one.exercise.id}: ${single.right.length} right, ${single.none.length} none, ${single.same.length} no mistakes`,
    );
    if (process.env.SHOW) console.log(single.none.join('\n'));
    assert.deepEqual(single.wrong, []);
    assert.ok(single.right.length > 0.3 * (single.right.length + single.none.length));
    const twice = await tally(one, programsOf(reference, twiceEdited(reference, 600, random(5))));
    console.log(
      `${one.exercise.id}, two edits: ${twice.right.length} right, ${twice.none.length} none, ${twice.same.length} no mistakes`,
    );
    assert.deepEqual(twice.wrong, []);
    assert.ok(twice.none.length > 100);
  });

test('numbers that are nearly a mistake are not that mistake', () => {
  const lstm = exerciseNamed('lstm-step') as ByValues;
  const swapped = mistakeNamed(lstm, 'swap f i');
  const nearly = (by: number) => (given: readonly Value[]) => {
    const { h, c } = answerOf(lstm, swapped, given);
    return { h: (h as number[]).map((v) => v + by), c: c! };
  };
  assert.equal(diagnose(lstm, casesOf(lstm, nearly(1e-12), 1)).mistake?.id, 'swap f i');
  assert.deepEqual(diagnose(lstm, casesOf(lstm, nearly(1e-6), 1)), {});
});

test('of one call in which nothing can be told apart no mistake is named', () => {
  const lstm = exerciseNamed('lstm-step') as ByValues;
  // With nothing remembered, f may be anything.
  const [h, , ...rest] = lstm.draw(random(2), 'small');
  const given = [h!, (h as number[]).map(() => 0), ...rest];
  const got = answerOf(lstm, mistakeNamed(lstm, 'drop c 2'), given);
  assert.deepEqual(diagnose(lstm, [{ given, got }]), {});
});

test('an edit that changes nothing that is returned is no mistake, and only a backward pass has such', () => {
  for (const exercise of byValues) {
    const lines = hiddenMistakes(exercise).map((mistake) => (mistake.kind === 'edit' ? mistake.mutant.before : []));
    if (exercise.id === 'lstm-backward') assert.ok(lines.every(([line]) => line === 'h = o .* tanh(c)'));
    else assert.deepEqual(lines, [], exercise.id);
  }
});
