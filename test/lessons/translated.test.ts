// A lesson in another language: its words, and the commands and numbers of the English one.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LessonPart } from '../../lib/lessons/lesson.ts';
import { readLesson, translated } from '../../lib/lessons/read-lesson.ts';
import { sample, sampleText } from './sample.ts';

const german = sampleText
  .replace('title: A sample', 'title: Ein Beispiel')
  .replace('question: How much?', 'question: Wie viel?')
  .replace('number: claim("decay")', 'number: 2 * claim("decay")')
  .replace('# the state', '# der Zustand')
  .replace('states {cell} --steps 3', 'states {cell} --steps 4')
  .replace('take out the tanh', 'ohne den tanh');

const both = async () => {
  const place = { id: 'sample', number: 1 };
  return translated(await sample(), await readLesson(german, 'sample.de.md', place), 'sample.de.md');
};
const partNamed = async <K extends LessonPart['kind']>(kind: K): Promise<Extract<LessonPart, { kind: K }>> =>
  (await both()).parts.find((part): part is Extract<LessonPart, { kind: K }> => part.kind === kind)!;

describe('a translation', () => {
  it('has its own title', async () => assert.equal((await both()).title, 'Ein Beispiel'));
  it('asks in its own words for the number of the English text', async () => {
    const { question, guess } = await partNamed('predict');
    assert.equal(question, 'Wie viel?');
    assert.equal(guess.kind === 'number' && guess.answer, 'claim("decay")');
  });
  it('says in its own words what to try with a cell, and runs what the English text runs', async () => {
    const cell = await partNamed('cell');
    assert.match(cell.text, /# der Zustand/);
    assert.equal(cell.try, 'ohne den tanh');
    assert.equal(cell.command, 'states {cell} --steps 3');
  });
});
