// Edits that the list of mutants does not know, and students' files in their own languages through the whole check.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkSubmission } from '../../lib/homework/check.ts';
import { exerciseText } from '../../lib/homework/exercise-text.ts';
import { answerOf, mistakesOf } from '../../lib/homework/mistakes.ts';
import { chooseSandbox } from '../../lib/homework/sandbox/choose.ts';
import { random } from '../../lib/numbers/random.ts';
import { editsOf, linesOf, type OtherEdit, programsOf, twiceEdited } from './other-edits.ts';
import { asJavaScript, asNumpy, jsPrelude, numpyPrelude } from './student-code.ts';
import { functionsOf, isAlike, judged, mistakeNamed, type WrittenExercise, writtenExercises } from './written.ts';

/** Student code for the edits, judged. What comes to the reference is no mistake. */
async function tally(one: WrittenExercise, edits: readonly OtherEdit[]) {
  const { exercise } = one;
  const answers = await functionsOf(
    one,
    edits.map(({ program }) => program),
  );
  const judgements = edits.flatMap(({ what, classic }, i) => {
    const answer = answers[i]!;
    const same = isAlike(exercise, answer, (given) => exercise.answer(exercise.reference(), given));
    return same ? [] : [{ what, classic, judgement: judged(exercise, answer, 500 + i) }];
  });
  return (wanted: 'right' | 'none' | 'wrong', classic?: boolean) =>
    judgements
      .filter((one) => one.judgement === wanted && (classic === undefined || one.classic === classic))
      .map(({ what }) => what);
}

for (const one of writtenExercises) {
  const reference = one.exercise.reference();
  test(`${one.exercise.id}: edits made by another way are named as what they come to, or not at all`, async () => {
    const found = await tally(one, programsOf(reference, editsOf(linesOf(reference), reference.parameters)));
    const [named, unnamed] = [found('right', true), found('none', true)];
    assert.deepEqual(found('wrong'), []);
    assert.ok(unnamed.length <= 0.05 * (named.length + unnamed.length), unnamed.join('\n'));
  });

  test(`${one.exercise.id}: two edits at once are named as what they come to, or not at all`, async () => {
    const found = await tally(one, programsOf(reference, twiceEdited(reference, 2500, random(5))));
    assert.deepEqual(found('wrong'), []);
    assert.ok(found('none').length > 200);
  });
}

test('the edits as files in JavaScript and NumPy, through the whole check: 95 in 100 named, none as another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-edits-'));
  const sandbox = await chooseSandbox({ limits: { seconds: 10, memory: 512 } });
  try {
    for (const { exercise, signature } of writtenExercises) {
      const homework = { exercise, text: await exerciseText(exercise) };
      const edits = mistakesOf(exercise).flatMap((mistake) => (mistake.kind === 'edit' ? [mistake.mutant] : []));
      for (const language of ['javascript', 'python'] as const) {
        const called: string[] = [];
        const sample = edits.filter((_, i) => i % (language === 'python' ? 6 : 3) === 0);
        for (const { id, program } of sample) {
          const file = join(folder, language === 'python' ? 'edited.py' : 'edited.js');
          writeFileSync(
            file,
            language === 'python'
              ? `${numpyPrelude}\n${asNumpy(program, signature, signature.function)}`
              : `${jsPrelude}\nexport const ${signature.function} = ${asJavaScript(program, signature)};\n`,
          );
          const { status, checks } = await checkSubmission(homework, { file, language }, { seed: 11, sandbox });
          assert.equal(status, 'fail', `${exercise.id}, ${language}: ${id}: ${JSON.stringify(checks[0])}`);
          const mistake = checks.find(({ finding }) => finding?.diagnosis !== undefined)?.finding?.diagnosis?.mistake;
          if (mistake === undefined) called.push(`${id}: nothing`);
          else if (mistake.id !== id && !alikes(exercise, mistake.id, id)) assert.fail(`${id} is called ${mistake.id}`);
        }
        assert.ok(called.length <= 0.05 * sample.length, `${exercise.id}, ${language}: ${called.join(', ')}`);
      }
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
});

/** Whether two mistakes have the same answers. */
function alikes(exercise: WrittenExercise['exercise'], a: string, b: string): boolean {
  const [one, other] = [mistakeNamed(exercise, a), mistakeNamed(exercise, b)];
  return isAlike(
    exercise,
    (given) => answerOf(exercise, one, given),
    (given) => answerOf(exercise, other, given),
  );
}
