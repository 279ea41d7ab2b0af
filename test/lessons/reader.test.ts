// The reader by its keys: what is on the screen, what waits, and what is kept.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Event, progressOf } from '../../lib/lessons/progress.ts';
import { LessonReader } from '../../lib/lessons/reader/reader.ts';
import { lookOf } from '../../lib/render/look.ts';
import { runner, sample, sampleText } from './sample.ts';

const look = (width = 80, height = 24) => lookOf({ width, height, colour: 0, unicode: true });

async function opened(events: readonly Event[] = [], size: readonly [number, number] = [80, 24], text = sampleText) {
  const kept: Event[] = [...events];
  const { commands, run } = runner();
  const reader = new LessonReader(
    {
      lesson: await sample(text),
      progress: progressOf(events),
      run,
      keep: (event) => kept.push(event),
      today: () => '2026-03-14',
      busy: () => {},
    },
    look(...size),
  );
  await reader.open();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const name of keys) await reader.key({ name, text: name.length === 1 ? name : '', ctrl: false });
  };
  const type = (text: string): Promise<void> => press(...text, 'return');
  const page = (): string => reader.screen().rows.join('\n');
  return { reader, kept, commands, press, type, page, bottom: () => reader.screen().bottom };
}

/** To the end, every question answered right. */
async function readThrough({ press, type, bottom, reader, kept }: Awaited<ReturnType<typeof opened>>): Promise<void> {
  for (let i = 0; i < 200 && !/The end/.test(bottom()); i++) {
    if (/Your guess/.test(bottom())) {
      await press('return');
      await type('0.8');
    } else if (/Your answer/.test(bottom())) {
      await press('return');
      await type(progressOf(kept).at === 'pick' ? 'a' : '3');
    } else await press(' ');
    assert.ok(!reader.closed);
  }
}

describe('the reader', () => {
  it('begins with the title and stops at the first question, which nothing but its run comes before', async () => {
    const { page, bottom, commands } = await opened([], [80, 60]);
    assert.match(page(), /A sample\nbeginner, advanced/);
    assert.match(page(), /It fades to 0.73, and 30 is twice 15\./);
    assert.match(page(), /How much\?/);
    assert.doesNotMatch(page(), /It was/);
    assert.match(bottom(), /Your guess \(a number\)/);
    assert.deepEqual(commands, ['gradients rnn --steps 4']);
  });

  it('goes no further than a question until it is answered or skipped', async () => {
    const { press, type, page, bottom } = await opened([], [80, 60]);
    assert.match(bottom(), /^Your guess \(a number\): Enter {2}/);
    await press(' ', ' ', ' ');
    assert.doesNotMatch(page(), /Second section/);
    assert.match(bottom(), /Enter. s: skip/);
    await press('return');
    await type('0.8');
    await press('G');
    assert.match(page(), /You said 0.8; measured: 0.732\. Worth 93 of 100\./);
    assert.match(page(), /It was 0.732\./);
  });

  it('asks again for what it cannot read, with what was typed in the line', async () => {
    for (const size of [
      [80, 60],
      [20, 10],
    ] as const) {
      const { press, type, page, bottom, reader, kept } = await opened([], size);
      while (!/Your guess/.test(bottom())) await press(' ');
      await press('return');
      await type('0.8o');
      assert.match(page().replaceAll('\n', ' '), /That is no guess\. Wanted: a number$/);
      assert.match(bottom(), /: 0\.8o$/);
      assert.equal(reader.screen().rows.length, size[1] - 1);
      await press('backspace');
      assert.doesNotMatch(page(), /That is no guess/);
      await press('return');
      assert.equal(progressOf(kept).answers.get('guess')?.answer, '0.8');
    }
  });

  it('begins an answer with a digit, or with a letter that is no key, and leaves the keys what they are', async () => {
    const { press, page, bottom, kept } = await opened([], [80, 200]);
    await press('x');
    assert.equal(bottom().startsWith('h: the keys'), true);
    await press('.', '8');
    assert.equal(bottom(), 'Your guess (a number): .8');
    await press('return');
    assert.match(page(), /Which\?/);
    await press('b');
    assert.match(bottom(), /^Your answer \(a, b\): Enter/);
    await press('a');
    assert.equal(bottom(), 'Your answer (a, b): a');
    await press('escape', '2', 'return');
    assert.equal(progressOf(kept).answers.get('pick')?.answer, '2');
  });

  it('skips, and then shows what is true', async () => {
    const { press, page, kept } = await opened([], [80, 80]);
    await press('s');
    assert.match(page(), /It was 0.732\./);
    assert.doesNotMatch(page(), /You said/);
    assert.ok(kept.every(({ kind }) => kind !== 'answer'));
  });

  it('says in words what was measured where a guess that was skipped shows no figure', async () => {
    const bare = sampleText.replace('```predict guess', '```predict guess figures=none');
    const { press, page } = await opened([], [80, 80], bare);
    await press('s');
    assert.match(page(), /\$ unroll gradients rnn --steps 4\n\nMeasured: 0\.732\n\nIt was 0.732\./);
    const { press: again, type, page: answered } = await opened([], [80, 80], bare);
    await again('return');
    await type('0.8');
    assert.match(answered(), /--steps 4\n\nYour guess and what was measured\n[\s\S]*You said 0.8; measured: 0.732\./);
  });

  it('takes a wrong answer, says why, and lets it be answered again', async () => {
    const { press, type, page, kept } = await opened([], [80, 80]);
    await press('s', ' ', ' ', ' ', 'return');
    await type('b');
    assert.match(page(), /✗ b: not so\. No; it is the other\.\n {3}a: answer again/);
    const last = kept.findLast((event) => event.kind === 'answer');
    assert.deepEqual(last, {
      kind: 'answer',
      part: 'pick',
      question: 'Which?',
      answer: 'b',
      right: false,
      truth: 'a) the first',
      day: '2026-03-14',
    });
    await press('a');
    await type('a');
    assert.match(page(), /✓ a: right\. Indeed\./);
    assert.equal(progressOf(kept).answers.get('pick')?.right, true);
  });

  it('answers again what is on the screen, also when there is more below it, and nothing else', async () => {
    const { press, type, page, bottom } = await opened([], [80, 200]);
    await press('a');
    assert.match(bottom(), /nothing to answer again/);
    await press('s', 'return');
    await type('b');
    await press('return');
    await type('4');
    assert.match(page(), /✗ b: not so.*✗ 4: not so/s);
    await press('a');
    await type('3');
    assert.match(page(), /✓ 3: right/);
    assert.match(page(), /✗ b: not so/);
  });

  it('shows what it says of an answer, though the question is longer than the screen', async () => {
    const long = sampleText.replace('question: Which?', `question: ${'Which of all these words? '.repeat(40)}`);
    const { press, type, page, bottom } = await opened([], [40, 12], long);
    for (let i = 0; i < 40 && !/Your answer/.test(bottom()); i++) await press(/Your guess/.test(bottom()) ? 's' : ' ');
    await press('return');
    await type('b');
    assert.match(page(), /✗ b: not so/);
  });

  it('answers a quiz that was skipped', async () => {
    const { press, type, page, kept } = await opened([], [80, 200]);
    await press('s', 's');
    assert.match(page(), /Answer: a\) the first\n {3}a: answer all the same/);
    await press('a');
    await type('b');
    assert.match(page(), /✗ b: not so/);
    assert.equal(progressOf(kept).answers.get('pick')?.right, false);
  });

  it('goes on with the place that was kept, though it is left while it opens', async () => {
    const whole = await opened([], [80, 24]);
    await readThrough(whole);
    const at = progressOf(whole.kept).at;
    for (const { kind } of (await opened(whole.kept, [80, 24])).kept.slice(whole.kept.length))
      assert.notEqual(kind, 'answer');
    const again = await opened(whole.kept, [80, 24]);
    assert.deepEqual(
      again.kept.slice(whole.kept.length).filter((one) => one.kind === 'at'),
      [{ kind: 'at', part: at }],
    );
  });

  it('shows what was skipped as skipped when it goes on', async () => {
    const first = await opened([], [80, 200]);
    await first.press('s');
    const at = progressOf(first.kept).at;
    assert.notEqual(at, 'guess');
    const second = await opened(first.kept, [80, 200]);
    assert.equal(progressOf(second.kept).at, at);
    await second.press('g');
    assert.match(second.page(), /It was 0\.732/);
  });

  it('says in words on the screen what has to be typed, and leaves it out of a row that is too narrow', async () => {
    const { page, bottom } = await opened([], [30, 60]);
    assert.match(page(), /How much\?\n {2}\(a number\)/);
    assert.match(bottom(), /^Your guess: Enter {2,}sample \d+ %$/);
  });

  it('shows all of its keys on a small screen, and the sections stay what they are when it is resized', async () => {
    const { press, page, reader } = await opened([], [40, 12]);
    await press('h');
    let seen = page();
    for (let i = 0; i < 5 && /Any key: on/.test(reader.screen().bottom); i++) {
      await press('x');
      seen += page();
    }
    assert.match(seen, /Keys, as in less.*leave; the next time/s);
    await press('x', 't');
    await reader.resize(look(60, 12));
    assert.match(page(), /1 {2}First section/);
    await press('escape');
    assert.doesNotMatch(page(), /1 {2}First section/);
  });

  for (const size of [
    [80, 24],
    [40, 20],
  ] as const) {
    it(`reads to the end at ${size.join('×')}, no row wider than the screen`, async () => {
      const session = await opened([], size);
      await readThrough(session);
      assert.match(session.bottom(), /The end/);
      assert.ok(session.kept.some(({ kind }) => kind === 'finished'));
      assert.ok(session.reader.screen().rows.every((row) => [...row].length <= size[0]));
      const { seen, answers } = progressOf(session.kept);
      assert.equal(seen.size, (await sample()).parts.length);
      assert.equal(answers.size, 4, 'a guess, two answers and a reveal');
    });

    it(`goes on at ${size.join('×')} wherever it was left, with nothing lost`, async () => {
      const whole = await opened([], size);
      await readThrough(whole);
      const cuts = Array.from({ length: 10 }, (_, i) => Math.ceil(((i + 1) * whole.kept.length) / 11));
      for (const cut of cuts) {
        const session = await opened(whole.kept.slice(0, cut), size);
        await readThrough(session);
        const { seen, answers, finished } = progressOf(session.kept);
        assert.deepEqual(
          [seen.size, answers.size, finished],
          [(await sample()).parts.length, 4, true],
          `cut at ${cut}`,
        );
      }
    });
  }

  it('shows the same part at the top when the terminal changes its size', async () => {
    const session = await opened([], [80, 24]);
    await session.press('s', ' ', ' ');
    for (const size of [
      [40, 20],
      [120, 50],
      [30, 10],
      [80, 24],
    ] as const) {
      await session.reader.resize(look(...size));
      const { rows } = session.reader.screen();
      assert.equal(rows.length, size[1] - 1);
      assert.ok(rows.every((row) => [...row].length <= size[0]));
    }
    await readThrough(session);
    assert.match(session.bottom(), /The end/);
  });

  it('changes a line of the equations, runs them, and keeps the change', async () => {
    const session = await opened([], [80, 24]);
    await readThrough(session);
    await session.press('e');
    for (let i = 0; i < 60; i++) await session.press('backspace');
    await session.type('h = W * h_prev + U * x');
    assert.equal(session.commands.at(-1), 'states {cell} --steps 3 <- h = W * h_prev + U * x');
    assert.ok(session.page().includes('h = W * h_prev + U * x'));
    await session.press('e');
    await session.type(' .');
    assert.match(session.page(), /cannot be read/);
    assert.equal(session.bottom(), '1: h = W * h_prev + U * x .');
    await session.press('escape');
    assert.ok(session.page().includes('h = W * h_prev + U * x .'));
    assert.equal(progressOf(session.kept).answers.get('own')?.answer, 'h = W * h_prev + U * x');
  });

  it('runs changed equations again at the next reading, and says that the text speaks of those it gave', async () => {
    const session = await opened([], [80, 24]);
    await readThrough(session);
    await session.press('e');
    for (let i = 0; i < 60; i++) await session.press('backspace');
    await session.type('h = W * h_prev + U * x');
    assert.match(session.page(), /Changed by you; the text of the lesson speaks of the equations as they were\./);
    const again = await opened(session.kept, [80, 24]);
    assert.equal(
      again.commands.filter((line) => line === 'states {cell} --steps 3 <- h = W * h_prev + U * x').length,
      1,
    );
    await again.press('g', '/');
    await again.type('h = W * h_prev + U * x');
    assert.match(again.page(), /^ +1 {2}h = W \* h_prev \+ U \* x\n/);
  });

  it('says of an empty prompt how it is left, as long as it is empty', async () => {
    const session = await opened([], [80, 12]);
    await session.press('/');
    assert.match(session.bottom(), /^\/ +Escape: back$/);
    await session.press('x');
    assert.equal(session.bottom(), '/x');
  });

  it('searches in both directions and says what it does not find', async () => {
    const session = await opened([], [80, 12]);
    await readThrough(session);
    await session.press('g', '/');
    await session.type('which?');
    assert.match(session.page(), /^Which\?/);
    await session.press('/');
    await session.type('no such words');
    assert.match(session.bottom(), /“no such words” is not in what has been shown/);
  });

  it('jumps to a section by its number, past what would wait', async () => {
    const session = await opened([], [80, 12]);
    await session.press('t');
    assert.match(session.page(), /1 {2}First section\n {2}2 {2}Second section/);
    assert.match(session.bottom(), /^Section, 1 to 2: /);
    await session.type('2');
    assert.match(session.page(), /^Second section/);
  });

  it('keeps a question open that was jumped over: its answer stays hidden until it is given or skipped', async () => {
    const { press, type, page, bottom, kept } = await opened([], [80, 200]);
    await press('t');
    await type('2');
    await press('g');
    assert.match(page(), /How much\?\n {2}\(a number\)\n {3}a: guess {2}s: skip/);
    assert.doesNotMatch(page(), /It was/);
    assert.match(bottom(), /^Your answer \(a, b\): Enter/);
    await press('a');
    await type('0.8');
    assert.match(page(), /You said 0\.8; measured: 0\.732\..*It was 0\.732\./s);
    assert.equal(progressOf(kept).answers.get('guess')?.answer, '0.8');
    assert.match(bottom(), /^Your answer \(a, b\): Enter/);
  });

  it('shows its keys and leaves', async () => {
    const session = await opened();
    await session.press('h');
    assert.match(session.page(), /Keys, as in less/);
    await session.press('x');
    assert.doesNotMatch(session.page(), /Keys, as in less/);
    await session.press('q');
    assert.ok(session.reader.closed);
  });
});
