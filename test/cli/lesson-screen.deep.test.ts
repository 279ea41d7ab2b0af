// The reader on a real terminal, by its keys: from the first screen to the last, answered wrong and right, interrupted and resumed, resized,
// without colour and without a screen at all. How quick it is is measured here, too: on a machine that does nothing else.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { lessonAt, lessonPlaces } from '../../lib/lessons/course.ts';
import type { Lesson, LessonPart } from '../../lib/lessons/lesson.ts';
import type { Answered, Event } from '../../lib/lessons/progress.ts';
import { progressOf } from '../../lib/lessons/progress.ts';
import { program } from './run-unroll.ts';
import { hasTmux, ready, type Size, Terminal } from './terminal.ts';

const missing = hasTmux ? false : 'there is no tmux here, and so no terminal to read on';
const sizes: readonly Size[] = [
  [80, 24],
  [40, 20],
];
const places = lessonPlaces();
const scratch = mkdtempSync(join(tmpdir(), 'unroll-screen-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
let homes = 0;
const open: Learner[] = [];
afterEach(async () => {
  for (const learner of open.splice(0)) await learner.close();
});

/** One learner before a terminal, with a data folder of their own. */
class Learner {
  readonly terminal: Terminal;
  readonly #home: string;
  readonly #lesson: Lesson;

  private constructor(terminal: Terminal, home: string, lesson: Lesson) {
    this.terminal = terminal;
    this.#home = home;
    this.#lesson = lesson;
  }

  static async of(id: string, size: Size, env: Readonly<Record<string, string>> = {}): Promise<Learner> {
    const home = join(scratch, `home-${++homes}`);
    const lesson = await lessonAt(places.find((place) => place.id === id)!);
    const terminal = await Terminal.open(size, { XDG_DATA_HOME: home, ...env });
    const learner = new Learner(terminal, home, lesson);
    open.push(learner);
    return learner;
  }

  get #pidFile(): string {
    return `${this.#home}.pid`;
  }

  /** Begins to read, as one types it; the shell notes the process it starts. */
  async start(options = ''): Promise<void> {
    rmSync(this.#pidFile, { force: true });
    const line = `${process.execPath} ${program} lesson ${this.#lesson.id} ${options}`;
    await this.terminal.type(`clear; echo as it was; stty -g > ${this.#home}.before`);
    await this.terminal.until(/as it was\n/);
    await this.terminal.type(`sh -c 'echo $$ > ${this.#pidFile}; exec ${line}'`);
  }

  /** Waits for the first screen. */
  async open(options = ''): Promise<void> {
    await this.start(options);
    await this.terminal.until(/\d %$/);
  }

  get events(): readonly Event[] {
    const file = join(this.#home, 'unroll', 'lessons', `${this.#lesson.id}.jsonl`);
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Event);
  }

  get answers(): ReadonlyMap<string, Answered> {
    return progressOf(this.events).answers;
  }

  get part(): LessonPart {
    const { at } = progressOf(this.events);
    return this.#lesson.parts.find(({ id }) => id === at)!;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    process.kill(Number(readFileSync(this.#pidFile, 'utf8')), signal);
  }

  /** The shell is back, and the terminal is what it was before the lesson. */
  async isAsItWas(): Promise<void> {
    const rows = await this.terminal.until(ready);
    assert.ok(
      rows.some((row) => row === 'as it was'),
      rows.join('\n'),
    );
    assert.deepEqual(await this.terminal.state(), { alternate: false, cursor: true });
    await this.terminal.type(`stty -g > ${this.#home}.now; echo compared`);
    await this.terminal.until(/compared\nready>$/);
    assert.equal(readFileSync(`${this.#home}.now`, 'utf8'), readFileSync(`${this.#home}.before`, 'utf8'));
  }

  /** Presses what the last row asks for; says whether there is more to read. */
  async step(answerTo: (part: LessonPart) => readonly string[]): Promise<boolean> {
    const rows = await this.terminal.settled();
    const bottom = rows.at(-1)!;
    if (/The end of the lesson/.test(bottom)) return false;
    const asked = /Your (guess|answer)/.test(bottom);
    if (!asked) await this.terminal.press(/Think first/.test(bottom) ? 'Enter' : 'Space');
    else await this.#answer(answerTo(this.part));
    return true;
  }

  /** One answer after the other to the same question. */
  async #answer(typed: readonly string[]): Promise<void> {
    for (const [i, text] of typed.entries()) {
      const { length } = this.events;
      await this.terminal.press(i === 0 ? 'Enter' : 'a');
      await this.terminal.until(/\nYour [^\n]*: *(Escape: back)?$/);
      await this.terminal.type(text);
      for (let waited = 0; this.events.length === length; waited++) {
        assert.ok(waited < 3000, `\`${text}\` was not taken:\n${(await this.terminal.rows()).join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  async close(): Promise<void> {
    await this.terminal.close();
  }
}

const letter = (index: number): string => String.fromCharCode(97 + index);

/** What nobody should answer, and which is taken all the same. */
function wrong(part: LessonPart): string {
  if (part.kind === 'quiz') {
    if (part.asks.kind === 'choice') return letter(part.asks.choices.findIndex(({ right }) => !right));
    return part.asks.kind === 'number' ? '-12345' : 'nothing of the kind';
  }
  const { guess } = part as Extract<LessonPart, { kind: 'predict' }>;
  if (guess.kind === 'choice') return 'a';
  if (guess.kind === 'number' && guess.scale === 'share') return '0';
  return guess.kind === 'number' ? '1e9' : guess.at.map(() => '1e9').join(' ');
}

/** What was said to be true when it was answered wrong. */
function truthOf(part: LessonPart, { truth = '' }: Answered): string {
  if (part.kind === 'quiz' && part.asks.kind === 'text') return truth;
  const [, chosen] = /^([a-z])\) /.exec(truth) ?? [];
  if (chosen !== undefined) return chosen;
  return part.kind === 'predict' && part.guess.kind === 'curve' ? truth : truth.split(' ')[0]!;
}

/** Reads to the end. Answers `tell` what was said. */
async function readAll(
  learner: Learner,
  answerTo: (part: LessonPart) => readonly string[],
  between: (step: number) => Promise<void> = async () => {},
): Promise<void> {
  for (let step = 0; await learner.step(answerTo); step++) {
    assert.ok(step < 500, 'it does not come to its end');
    await between(step);
  }
  assert.ok(progressOf(learner.events).finished);
}

describe('the reader on a terminal', { skip: missing }, () => {
  for (const { id } of places)
    it(`${id}: read from first to last, every question answered wrong and then right, at both sizes`, async () => {
      const first = await Learner.of(id, sizes[0]!);
      const lesson = await lessonAt(places.find((place) => place.id === id)!);
      const asked = lesson.parts.filter(({ kind }) => kind === 'quiz' || kind === 'predict');
      await first.open();
      await readAll(first, (part) => [wrong(part)]);
      const truths = first.answers;
      for (const part of asked) {
        const answer = truths.get(part.id);
        assert.ok(answer?.truth !== undefined && answer.right !== true, `${part.id} was not asked`);
      }
      await first.terminal.press('q');
      await first.isAsItWas();

      const second = await Learner.of(id, sizes[1]!);
      await second.open();
      // A quiz wrong, and then once more; a guess right.
      await readAll(second, (part) => [
        ...(part.kind === 'quiz' ? [wrong(part)] : []),
        truthOf(part, truths.get(part.id)!),
      ]);
      for (const { id: question, kind } of asked) {
        const { right, score } = second.answers.get(question)!;
        if (kind === 'quiz') assert.equal(right, true, question);
        else assert.ok(score! > 0.9, `${question} is worth ${score}`);
      }
      await second.terminal.press('q');
      await second.isAsItWas();
    });

  for (const size of sizes)
    it(`goes on where it was at ten places, left with q or killed, at ${size.join('×')}`, async () => {
      const learner = await Learner.of('memory', size);
      const answers = (part: LessonPart): string[] => [wrong(part)];
      let left = 0;
      await learner.open();
      await readAll(learner, answers, async (step) => {
        if (step === 0 || left === 10) return;
        await learner.terminal.settled(250);
        const [before, part] = [learner.answers, learner.part];
        const signal = ([undefined, 'SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP'] as const)[left++ % 5];
        if (signal === undefined) await learner.terminal.press('q');
        else await learner.kill(signal);
        if (signal === 'SIGKILL') {
          // Nobody can tidy up behind this one.
          await learner.terminal.until(/\S/);
          await learner.terminal.press('C-j');
          await learner.terminal.type("stty sane; printf '\\033[?1049l\\033[?25h\\033[?7h'; clear; echo sa''ne");
          await learner.terminal.press('C-j');
          // What is typed while the modes change may be lost: not before it has been done.
          await learner.terminal.until(/^sane\s+(ready> *)+$/);
        } else await learner.isAsItWas();
        await learner.open();
        await learner.terminal.settled();
        assert.deepEqual(learner.answers, before, `left with ${signal ?? 'q'}`);
        assert.ok(learner.part.line >= part.line, `${learner.part.id} is before ${part.id}`);
      });
      assert.equal(left, 10, 'the lesson was too short to be left ten times');
    });

  it('is resized while it is read, asked and typed into', async () => {
    const learner = await Learner.of('memory', [80, 24]);
    const { terminal } = learner;
    const all: readonly Size[] = [
      [40, 20],
      [120, 50],
      [30, 10],
      [80, 24],
    ];
    await learner.open();
    await readAll(
      learner,
      (part) => [wrong(part)],
      async (step) => {
        const size = all[step % all.length]!;
        await terminal.resize(size);
        const rows = await terminal.settled(120);
        assert.equal(rows.length, size[1]);
        assert.match(rows.at(-1)!, /\d %$|^running/, rows.join('\n'));
      },
    );
    for (const [key, shown] of [
      ['h', /Keys, as in less/],
      ['t', /Sections/],
    ] as const) {
      await terminal.press(key);
      await terminal.resize([40, 20]);
      assert.match((await terminal.settled(120)).join('\n'), shown);
      await terminal.resize([80, 24]);
      // At the new size it says again how it is left; before, the key would be for the old one.
      await terminal.until(/(back to the lesson|Escape: back)$/);
      assert.match((await terminal.settled(120)).join('\n'), shown);
      await terminal.press('Escape');
      await terminal.until(/\d %$/);
    }
    await terminal.press('q');
    await learner.isAsItWas();
  });

  it('asks again for what it refused, and Backspace mends it', async () => {
    const learner = await Learner.of('memory', [80, 24]);
    const { terminal } = learner;
    await learner.open();
    for (let i = 0; i < 20 && !/Your guess/.test((await terminal.settled()).at(-1)!); i++)
      await terminal.press('Space');
    await terminal.press('0');
    await terminal.until(/\nYour guess \(a number\): 0$/);
    await terminal.type('x');
    await terminal.until(/\nThat is no guess\. Wanted: a number\nYour guess \(a number\): 0x$/);
    await terminal.press('BSpace');
    await terminal.until(/\nYour guess \(a number\): 0$/);
    await terminal.type('');
    await terminal.until(/You said 0; measured: 0\. Right\./);
  });

  it('steps aside for Ctrl-Z, and is there again after fg', async () => {
    const learner = await Learner.of('memory', [80, 24]);
    const { terminal } = learner;
    await learner.open();
    const shown = await terminal.settled();
    await terminal.press('C-z');
    const rows = await terminal.until(/Stopped[\s\S]*\nready>$/);
    assert.ok(rows.some((row) => row === 'as it was'));
    assert.deepEqual(await terminal.state(), { alternate: false, cursor: true });
    await terminal.type('fg');
    assert.deepEqual(await terminal.until(/\d %$/), shown);
    await terminal.press('j');
    await terminal.settled();
    await terminal.press('q');
    await learner.isAsItWas();
  });

  it('has no colour where NO_COLOR says so, and some elsewhere', async () => {
    const control = '\u001b[';
    for (const env of [{ NO_COLOR: '1' }, {}]) {
      const learner = await Learner.of('memory', [80, 24], env);
      await learner.open();
      assert.equal((await learner.terminal.coloured()).join('').includes(control), !('NO_COLOR' in env));
    }
  });

  for (const [how, env, options] of [
    ['--plain', {}, '--plain'],
    ['TERM=dumb', { TERM: 'dumb' }, ''],
  ] as const)
    it(`is read aloud with ${how}: line by line, on the screen that is there`, async () => {
      const learner = await Learner.of('memory', [80, 24]);
      const { terminal } = learner;
      const prefix = 'TERM' in env ? 'export TERM=dumb' : ':';
      await terminal.type(prefix);
      await learner.start(options);
      for (let steps = 0; ; steps++) {
        assert.ok(steps < 200);
        const rows = await terminal.until(/(: ?|ready>)$/);
        assert.equal((await terminal.state()).alternate, false);
        const last = rows.findLast((row) => row !== '')!;
        if (/^ready>/.test(last)) break;
        const { length } = learner.events;
        if (/^(Enter to go on|Think first)/.test(last)) await terminal.type('');
        else if (/^Your /.test(last)) await terminal.type(wrong(learner.part));
        if (/^Your /.test(last))
          for (let i = 0; learner.events.length === length && i < 3000; i++) await terminal.settled();
        else await terminal.settled(150);
      }
      const { finished, answers } = progressOf(learner.events);
      assert.ok(finished && answers.size > 0);
    });

  it('opens a lesson in less than 0.3 s, and answers a key in less than 50 ms', async () => {
    const learner = await Learner.of('memory', [80, 24]);
    const { terminal } = learner;
    // The least of several: what else the machine does only ever adds to it.
    const opening: number[] = [];
    for (let i = 0; i < 9; i++) {
      await terminal.type('clear');
      await terminal.settled(100);
      const begin = performance.now();
      await terminal.type(`${process.execPath} ${program} lesson memory`);
      await terminal.until(/\d %$/);
      opening.push(performance.now() - begin);
      await terminal.press('q');
      await terminal.until(ready);
    }
    await learner.open();
    const keys: Record<string, number> = {};
    for (const key of ['j', 'k', 'Space', 'b', 't', 'Escape', 'h', 'x']) {
      const times: number[] = [];
      for (let i = 0; i < 7; i++) {
        if (key === 'Escape' || key === 'x') await terminal.press(key === 'x' ? 'h' : 't');
        times.push(await terminal.answerTime(key));
        if (key === 't' || key === 'h') await terminal.press('Escape');
      }
      keys[key] = Math.min(...times);
    }
    console.log(`opened in ${Math.min(...opening).toFixed(0)} ms; keys: ${JSON.stringify(keys)}`);
    assert.ok(Math.min(...opening) < 300, `${opening}`);
    for (const [key, time] of Object.entries(keys)) assert.ok(time < 50, `${key}: ${time} ms`);
  });
});
