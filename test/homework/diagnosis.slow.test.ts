// A mistake is named exactly when the numbers are its: an edit written as student code gets its name and its equation, and what is
// nearly one, or one of several, gets none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exerciseNamed, exercises } from '../../lib/homework/catalogue.ts';
import { diagnose } from '../../lib/homework/diagnosis.ts';
import type { ByValues } from '../../lib/homework/exercise.ts';
import { answerOf, hiddenMistakes, mistakeId, mistakesOf } from '../../lib/homework/mistakes.ts';
import { fit, notFinite } from '../../lib/homework/value.ts';
import { random } from '../../lib/numbers/random.ts';
import { casesOf, functionsOf, isAlike, mistakeNamed, writtenExercises } from './written.ts';

const byValues = exercises.filter((exercise): exercise is ByValues => exercise.kind === 'values');

test('up to sixty mistakes of every exercise, handed in: each gets its own name or that of one with the same answers, seldom none', () => {
  for (const exercise of byValues) {
    // Another shape, or what is no number, is found before a diagnosis is asked for.
    const cases = casesOf(exercise, (given) => exercise.answer(exercise.reference(), given), 4);
    const [{ given, got: right }] = cases as [(typeof cases)[0], ...typeof cases];
    const mistakes = mistakesOf(exercise).filter((mistake) => {
      const answer = answerOf(exercise, mistake, given);
      return (
        exercise.returns.every((name) => fit(right[name]!, answer[name], name).misfit === undefined) &&
        cases.every(({ given }) => notFinite(answerOf(exercise, mistake, given)) === undefined)
      );
    });
    const every = Math.ceil(mistakes.length / 60);
    const asked = mistakes.filter((_, i) => i % every === 0);
    const unnamed = asked.filter((mistake) => {
      const answer = (given: Parameters<typeof answerOf>[2]) => answerOf(exercise, mistake, given);
      const { id } = diagnose(exercise, casesOf(exercise, answer, 4)).mistake ?? {};
      if (id === undefined) return true;
      const same =
        id === mistakeId(mistake) ||
        isAlike(exercise, answer, (g) => answerOf(exercise, mistakeNamed(exercise, id), g));
      assert.ok(same, `${exercise.id}: ${mistakeId(mistake)} is called ${id}`);
      return false;
    });
    // Of a schedule's three kinds a few calls may show one not at all, or once.
    const most = exercise.id === 'sampling-schedule' ? 0.6 : 0.05;
    assert.ok(unnamed.length <= most * asked.length, `${exercise.id}: ${unnamed.map(mistakeId).join(', ')}`);
  }
});

test('what is right gets no name', () => {
  for (const exercise of byValues) {
    const cases = casesOf(exercise, (given) => exercise.answer(exercise.reference(), given), 3);
    assert.deepEqual(diagnose(exercise, cases), {}, exercise.id);
  }
});

for (const one of writtenExercises) {
  const { exercise } = one;
  test(`${exercise.id}: of every fourth edit, written in JavaScript, 95 in 100 are named and shown, none as another`, async () => {
    // The deep tests take all of them.
    const edits = mistakesOf(exercise)
      .flatMap((mistake) => (mistake.kind === 'edit' ? [mistake.mutant] : []))
      .filter((_, i) => i % 4 === 0);
    const answers = await functionsOf(
      one,
      edits.map(({ program }) => program),
    );
    let named = 0;
    for (const [i, { id, says, before, after }] of edits.entries()) {
      const { mistake } = diagnose(exercise, casesOf(exercise, answers[i]!, 100 + i));
      if (mistake === undefined) continue;
      named++;
      if (mistake.id === id) assert.deepEqual(mistake, { id, says, wrong: after, right: before });
      else {
        const other = mistakeNamed(exercise, mistake.id);
        assert.ok(
          isAlike(exercise, answers[i]!, (given) => answerOf(exercise, other, given)),
          `${id} is called ${mistake.id}`,
        );
      }
    }
    assert.ok(named >= 0.95 * edits.length, `${named} of ${edits.length} are named`);
  });
}

test('the message of the classic', () => {
  const lstm = exerciseNamed('lstm-step') as ByValues;
  const answer = (given: Parameters<typeof answerOf>[2]) => answerOf(lstm, mistakeNamed(lstm, 'swap f i'), given);
  assert.deepEqual(diagnose(lstm, casesOf(lstm, answer, 1)).mistake, {
    id: 'swap f i',
    says: 'the forget and the input gate are swapped',
    wrong: ['c = i .* c_prev + f .* g'],
    right: ['c = f .* c_prev + i .* g'],
  });
});

test('numbers that are nearly a mistake are not that mistake', () => {
  const lstm = exerciseNamed('lstm-step') as ByValues;
  const swapped = mistakeNamed(lstm, 'swap f i');
  const nearly = (by: number) => (given: Parameters<typeof answerOf>[2]) => {
    const { h, c } = answerOf(lstm, swapped, given);
    return { h: (h as number[]).map((v) => v + by), c: c! };
  };
  assert.equal(diagnose(lstm, casesOf(lstm, nearly(1e-12), 1)).mistake?.id, 'swap f i');
  assert.deepEqual(diagnose(lstm, casesOf(lstm, nearly(1e-6), 1)), {});
});

test('where the calls cannot tell two mistakes apart neither is named', () => {
  const lstm = exerciseNamed('lstm-step') as ByValues;
  // Without i .* g, and with nothing to keep, c is 0 whatever else is wrong.
  const [h, c, ...rest] = lstm.draw(random(2), 'small');
  const given = [h!, (c as number[]).map(() => 0), ...rest];
  const answer = (of: Parameters<typeof answerOf>[2]) => answerOf(lstm, mistakeNamed(lstm, 'drop c 2'), of);
  assert.deepEqual(diagnose(lstm, [{ given, got: answer(given) }]), {});
  assert.equal(diagnose(lstm, casesOf(lstm, answer, 2)).mistake?.id, 'drop c 2');
});

test('an edit that changes nothing that is returned is no mistake, and only a backward pass has such', () => {
  for (const exercise of byValues) {
    const lines = hiddenMistakes(exercise).map((mistake) => (mistake.kind === 'edit' ? mistake.mutant.before : []));
    if (exercise.id === 'lstm-backward') assert.ok(lines.every(([line]) => line === 'h = o .* tanh(c)'));
    else assert.deepEqual(lines, [], exercise.id);
  }
});
