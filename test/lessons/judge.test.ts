// Answers and guesses as people type them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guessWanted, judged, numberOf, readGuess, scored } from '../../lib/lessons/judge.ts';
import type { Guess, Quiz } from '../../lib/lessons/lesson.ts';
import type { RunResults } from '../../lib/lessons/measured.ts';
import { found, sample, sampleText } from './sample.ts';

const runs: RunResults = { names: ['fade'], result: async () => found };

describe('a number is read as people type it', () => {
  const typed: readonly (readonly [string, number | undefined])[] = [
    ['0.8', 0.8],
    ['.5', 0.5],
    ['1e-3', 1e-3],
    ['−3', -3],
    ['1/4', 0.25],
    ['3,000', 3000],
    ['3,000.5', 3000.5],
    ['12,345,678', 12345678],
    ['0,5', 0.5],
    ['2,25', 2.25],
    ['0,125', 0.125],
    ['-0,5', -0.5],
    ['1,2,3', undefined],
    ['1,0.5', undefined],
    ['20%', 0.2],
    [' 7 ', 7],
    ['', undefined],
    ['many', undefined],
    ['1/0', undefined],
  ];
  for (const [text, value] of typed) it(`\`${text}\` is ${value}`, () => assert.equal(numberOf(text), value));
});

describe('a quiz', () => {
  const asks = async (id: string) => ((await sample()).parts.find((part) => part.id === id) as Quiz).asks;

  it('takes a letter or a number for a choice and says why', async () => {
    for (const right of ['a', 'A', '1'])
      assert.deepEqual(await judged(await asks('pick'), right, runs), { right: true, because: 'Indeed.' });
    assert.deepEqual(await judged(await asks('pick'), 'b', runs), { right: false, because: 'No; it is the other.' });
    assert.deepEqual(await judged(await asks('pick'), 'c', runs), { expected: 'a, b' });
  });

  it('takes a number within its tolerance, knows a mistake, and has a word for the rest', async () => {
    assert.deepEqual(await judged(await asks('count'), '3.05', runs), { right: true, because: 'Three.' });
    assert.deepEqual(await judged(await asks('count'), '4', runs), { right: false, because: 'One too many.' });
    assert.deepEqual(await judged(await asks('count'), '9', runs), { right: false, because: 'Count again.' });
    assert.deepEqual(await judged(await asks('count'), 'x', runs), { expected: 'a number' });
  });
});

it('what a quiz says is one line, however many it has in the file', async () => {
  const text = sampleText
    .replace('question: Which?', 'question: |\n  Which\n  of them?')
    .replace('because: Three.', 'because: |\n  One, two\n  and three.');
  const { parts } = await sample(text);
  const [pick, count] = ['pick', 'count'].map((id) => parts.find((part) => part.id === id) as Quiz);
  assert.equal(pick!.question, 'Which of them?');
  assert.deepEqual(await judged(count!.asks, '3', runs), { right: true, because: 'One, two and three.' });
});

describe('a guess', () => {
  const number = { kind: 'number', answer: 'claim("decay")', scale: 'linear', worthless: 0.5 } as const;

  it('is worth 1 where it is right and 0 as far off as is worthless, and in between in proportion', async () => {
    assert.equal((await scored(number, [0.7321], runs)).score, 1);
    assert.ok(Math.abs((await scored(number, [0.7321 + 0.25], runs)).score - 0.5) < 1e-12);
    assert.equal((await scored(number, [9], runs)).score, 0);
  });

  it('of a share lies from 0 to 1 and may be typed in percent; what is asked for in percent may have its sign', () => {
    const share = { ...number, scale: 'share' } as const;
    assert.deepEqual(readGuess(share, '.75'), [0.75]);
    assert.deepEqual(readGuess(share, '75 %'), [0.75]);
    assert.deepEqual(readGuess(share, '75%'), [0.75]);
    assert.equal(readGuess(share, '75'), undefined);
    assert.equal(readGuess(share, '-0.1'), undefined);
    assert.equal(guessWanted(share), 'a share from 0 to 1, or in %');
    assert.deepEqual(readGuess({ ...number, unit: '%' }, '40 %'), [40]);
    assert.deepEqual(readGuess({ ...number, unit: '%' }, '40'), [40]);
    assert.deepEqual(readGuess(number, '75'), [75]);
  });

  it('is compared in powers of ten on a logarithmic scale', async () => {
    const { score } = await scored({ ...number, scale: 'log', worthless: 2 }, [0.07321], runs);
    assert.ok(Math.abs(score - 0.5) < 1e-9);
  });

  it('of a curve is drawn with the curve, straight between its points', async () => {
    const curve: Guess = { kind: 'curve', figure: 1, series: 'rnn', at: [1, 3], worthless: 2 };
    const guess = readGuess(curve, '1 0.0001')!;
    const { score, figure } = await scored(curve, guess, runs);
    assert.ok(Math.abs(score - 0.5) < 1e-9);
    assert.equal(figure?.kind, 'lines');
    const mine = figure?.kind === 'lines' ? figure.series[1]!.values : [];
    assert.ok(Math.abs(mine[1]! - 0.01) < 1e-9, 'half way between 1 and 1e-4 on a log axis');
    assert.equal(mine[3], null);
  });

  it('of a choice is right when its formula holds', async () => {
    const choice: Guess = {
      kind: 'choice',
      choices: ['the rnn', 'the lstm'],
      right: ['cell("rnn", "steps") > cell("lstm", "steps")', 'cell("lstm", "steps") > cell("rnn", "steps")'],
    };
    assert.equal((await scored(choice, readGuess(choice, 'b')!, runs)).score, 1);
    assert.deepEqual(await scored(choice, readGuess(choice, 'a')!, runs), {
      score: 0,
      guessed: 'a) the rnn',
      truth: 'b) the lstm',
    });
    assert.equal(readGuess(choice, 'c'), undefined);
  });
});
