// `unroll lesson …` as it is typed: what it prints, what it keeps, and what it says to whoever mistypes.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse } from 'parse5';
import { lessonPlaces } from '../../lib/lessons/course.ts';
import { anotherUser, unreadable } from '../another-user.ts';
import { program, stackTrace } from './run-unroll.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const ids = lessonPlaces().map(({ id }) => id);
const first = ids[0]!;
let folder = '';
let data = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-lesson-'));
  data = join(folder, 'data');
});
afterEach(() => {
  spawnSync('chmod', ['-R', 'u+rwX', folder]);
  rmSync(folder, { recursive: true });
});

const environment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  return { ...rest, LC_ALL: 'C.UTF-8', XDG_DATA_HOME: data, ...more };
};

function lesson(line: string, more: Readonly<Record<string, string>> = {}, as: { uid?: number; gid?: number } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'lesson', ...line.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(more),
    ...as,
  });
  assert.doesNotMatch(stderr, stackTrace);
  return { code: status, out: stdout, err: stderr };
}

const progressFile = (id = first): string => join(data, 'unroll', 'lessons', `${id}.jsonl`);
function keep(...lines: readonly string[]): void {
  mkdirSync(join(data, 'unroll', 'lessons'), { recursive: true });
  for (const line of lines) appendFileSync(progressFile(), `${line}\n`);
}
const answer =
  '{"kind":"answer","part":"echo","question":"How far?","answer":"0.5","score":0,"truth":"0","day":"2026-03-14"}';

describe('lesson list, notes, reset', () => {
  it('lists every lesson, and how far it has been read', () => {
    const before = lesson('list');
    assert.equal(before.code, 0);
    for (const id of ids) assert.match(before.out, new RegExp(`\\b${id}\\b.*·{10}`));
    assert.match(before.out, new RegExp(`Read on +unroll lesson ${first}\n`));
    keep('{"kind":"finished"}');
    const { out } = lesson('list');
    assert.match(out, new RegExp(`\\b${first}\\b.*█{10}`));
    assert.match(out, new RegExp(`Read on +unroll lesson ${ids[1]}\n`));
  });

  it('lists as JSON, at 40 columns and in ASCII too', () => {
    assert.equal(JSON.parse(lesson('list --format json').out).experiment, 'lesson list');
    const { out } = lesson('list --width 40');
    assert.ok(
      out.split('\n').every((row) => [...row].length <= 40),
      out,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it asks for
    assert.match(lesson('list --ascii').out, /^[\u0000-\u007f]*$/);
  });

  it('prints the notes of a learner, all or of one lesson, and says where there are none', () => {
    const none = lesson('notes');
    assert.equal(none.code, 0);
    assert.match(none.err, /no answers yet[\s\S]*unroll lesson/);
    keep(answer);
    for (const line of ['notes', `notes ${first}`, 'notes 1'])
      assert.match(lesson(line).out, /How far\?\n {2}0\.5\n {2}It was: 0 \(worth 0 of 100\)\n {2}2026-03-14/, line);
  });

  it('begins anew behind a reset, and throws no answer away', () => {
    keep(answer, '{"kind":"finished"}');
    const { code, err } = lesson(`reset ${first}`);
    assert.equal(code, 0);
    assert.match(err, /begins anew/);
    assert.match(lesson('list').out, new RegExp(`\\b${first}\\b.*·{10}`));
    assert.ok(readFileSync(progressFile(), 'utf8').includes(answer));
  });

  it('says so when progress is damaged, keeps the damaged file and goes on with the rest', () => {
    keep(answer, '{"kind":"at","pa');
    const { code, out, err } = lesson('notes');
    assert.equal(code, 0);
    assert.match(out, /How far\?/);
    const [, aside] = /was damaged[\s\S]*kept as\s+(\S+)/.exec(err) ?? [];
    assert.match(readFileSync(aside!, 'utf8'), /"pa\n$/);
    assert.equal(lesson('notes').err, '');
  });
});

describe('a data folder that cannot be written', () => {
  // Whoever may do everything is refused nothing; then somebody else asks.
  const other = anotherUser;
  const skip = process.platform === 'win32' ? 'folders are guarded in another way here' : unreadable(program);

  function closed(): void {
    keep(answer, 'damage');
    chmodSync(folder, 0o755);
    for (const path of [progressFile(), ...['lessons', '.', '..'].map((name) => join(data, 'unroll', name))])
      chmodSync(path, path === progressFile() ? 0o444 : 0o555);
  }

  it('is read all the same: list and notes go on, damage stays where it is', { skip }, () => {
    closed();
    for (const line of ['list', 'notes']) {
      const { code, out, err } = lesson(line, {}, other);
      assert.equal(code, 0, err);
      assert.match(out, line === 'list' ? /Which lessons/ : /How far\?/);
    }
    assert.deepEqual(readdirSync(join(data, 'unroll', 'lessons')), [`${first}.jsonl`]);
    assert.match(readFileSync(progressFile(), 'utf8'), /damage/);
  });

  it('lets nothing be reset, and says why', { skip }, () => {
    closed();
    const { code, err } = lesson(`reset ${first}`, {}, other);
    assert.equal(code, 2);
    assert.match(err, /progress cannot be written[\s\S]*XDG_DATA_HOME/);
  });

  it('may be a file: nothing has been read yet, and every lesson can be', () => {
    writeFileSync(data, '');
    assert.equal(lesson('list').code, 0);
    assert.equal(lesson('notes').code, 0);
    assert.equal(lesson(`reset ${first}`).code, 2);
  });
});

it('of two at once nothing is lost', async () => {
  const many = 8;
  const each = Array.from({ length: many }, () =>
    spawn(process.execPath, [program, 'lesson', 'reset', first], { cwd: folder, env: environment(), stdio: 'ignore' }),
  );
  for (const [code] of await Promise.all(each.map((child) => once(child, 'close')))) assert.equal(code, 0);
  const lines = readFileSync(progressFile(), 'utf8').trimEnd().split('\n');
  assert.deepEqual(lines, Array(many).fill('{"kind":"reset"}'));
});

describe('what is mistyped', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['memry', /no lesson `memry`[\s\S]*did you mean `memory`/],
    ['memry --all', /no lesson `memry`[\s\S]*did you mean `memory`/],
    ['99', /no lesson `99`[\s\S]*unroll lesson list/],
    ['notes memry', /no lesson `memry`[\s\S]*did you mean `memory`/],
    ['reset memry', /no lesson `memry`[\s\S]*did you mean `memory`/],
    ['export memry', /no lesson `memry`[\s\S]*did you mean `memory`/],
    ['check --only memry', /no lesson `memry`[\s\S]*memory/],
    ['reset', /wants a lesson[\s\S]*unroll lesson reset memory/],
    ['export', /wants a lesson/],
    ['new', /wants a name/],
    ['list --lesons x', /no option --lesons[\s\S]*did you mean `--lessons`/],
    ['--lessons nowhere', /no folder nowhere/],
    ['list --lessons nowhere', /no folder nowhere/],
    ['list --lessons empty', /no lesson in\s+`empty`/],
    ['list --lessons afile', /no folder afile/],
    ['check empty', /no lesson in `empty`/],
    ['new Memory', /`Memory` cannot be the name[\s\S]*small letters/],
    ['new ../evil', /cannot be the name/],
    ['export memory --html --slides', /either to read or slides/],
  ];
  for (const [line, says] of cases)
    it(line, () => {
      mkdirSync(join(folder, 'empty'));
      writeFileSync(join(folder, 'afile'), '');
      const { code, out, err } = lesson(line);
      assert.equal(code, 2, out + err);
      assert.match(err, says);
      assert.equal(out, '');
    });

  it('a name may be a number, a folder or in capitals', () => {
    for (const name of [first, '1', '01', first.toUpperCase(), `01-${first}`]) {
      const { code, out } = lesson(`${name} --all`);
      assert.equal(code, 0, name);
      assert.match(out, /hidden state/);
    }
  });
});

describe('lessons of one’s own', () => {
  it('a new one is written, holds, is listed and read, and is not written twice', () => {
    const { code, out } = lesson('new echo-states');
    assert.equal(code, 0);
    assert.match(out, /Edit my-lessons\/01-echo-states\/lesson\.md/);
    assert.equal(lesson('new echo-states').code, 2);
    assert.equal(lesson('new other --title Another').code, 0);
    assert.deepEqual(readdirSync(join(folder, 'my-lessons')), ['01-echo-states', '02-other']);
    const { code: holds, out: checked } = lesson('check my-lessons');
    assert.equal(holds, 0, checked);
    assert.match(checked, /faults found +0/);
    const { out: list } = lesson('list --lessons my-lessons');
    assert.match(list, /Another/);
    assert.match(list, /unroll lesson echo-states --lessons my-lessons/, 'the command that is said works');
    assert.match(lesson('echo-states --all --lessons my-lessons').out, /^Echo states\n/);
  });

  const begin = '---\ntitle: B\ntracks: [beginner]\nminutes: 1\nteaches: []\n---\n\n## A\n\n';
  const block = (word: string, text: string): string => `${begin}\`\`\`${word}\n${text}\n\`\`\`\n`;
  const broken: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['no front matter', 'Only words.\n', /lesson\.md:1: .*no front matter[\s\S]*begin with/],
    ['an unknown track', begin.replace('beginner', 'begginer'), /lesson\.md:3: [\s\S]*beginner/],
    ['no title', begin.replace('title: B\n', ''), /lesson\.md:1: [\s\S]*title/],
    ['a misspelt option', block('unroll', 'gradients rnn --stpes 8'), /lesson\.md:10: .*--stpes[\s\S]*--steps/],
    ['a misspelt cell', block('unroll', 'gradients rrn --steps 8'), /lesson\.md:10: .*`rrn`[\s\S]*rnn/],
    ['a command without a result', block('unroll', 'completion bash'), /lesson\.md:10: .*no result/],
    [
      'a claim that is not there',
      `${block('unroll', 'gradients rnn --steps 8')}\nIt is {{nothing}}.\n`,
      /lesson\.md:14: .*no claim `nothing`; there are rnn-fades/,
    ],
    [
      'a reference above every run',
      `${begin}It is {{nothing}}.\n`,
      /lesson\.md:10: nothing has been run above it: put a block `unroll` before it/,
    ],
    [
      'a reference that is not closed',
      `${block('unroll', 'gradients rnn --steps 8')}\nIt is {{rnn-fades}.\n`,
      /lesson\.md:14: .*not closed/,
    ],
    [
      'a figure that is not there',
      block('unroll figures=9', 'gradients rnn --steps 8'),
      /lesson\.md:10: there is no figure 9; the run has 2: mend `figures=`/,
    ],
    [
      'a word behind the fence',
      block('unroll fig=1', 'gradients rnn'),
      /lesson\.md:10: `fig=1` means nothing[\s\S]*figures=1,2/,
    ],
    [
      'a guess without an answer',
      block('predict', 'question: Q?\nrun: gradients rnn\nbecause: B.'),
      /lesson\.md:10: [\s\S]*number: a formula; curve/,
    ],
    [
      'a quiz with no right choice',
      block('quiz', 'question: Q?\nchoices:\n  - {text: a, because: b}'),
      /lesson\.md:10: One choice has to be the right one[\s\S]*right: true/,
    ],
    ['a reveal without an answer', block('reveal', 'Only this.'), /lesson\.md:10: .*`---`/],
    [
      'an exercise that is not there',
      block('exercise', 'rnn-stp\nDo it.'),
      /lesson\.md:10: there is no exercise `rnn-stp`: did you mean `rnn-step`\?/,
    ],
    [
      'two blocks of a name',
      `${block('unroll one', 'gradients rnn --steps 8')}\n\`\`\`unroll one\ngradients rnn\n\`\`\`\n`,
      /lesson\.md:14: Two blocks are called `one`; the first is in line 10/,
    ],
    ['minutes that nobody believes', begin.replace('minutes: 1', 'minutes: 90'), /lesson\.md:1: minutes: 90 is said/],
  ];
  for (const [what, text, says] of broken)
    it(`${what}: the check says file, line and what to do, and fails`, () => {
      mkdirSync(join(folder, 'own', '01-broken'), { recursive: true });
      writeFileSync(join(folder, 'own', '01-broken', 'lesson.md'), text);
      const { code, out, err } = lesson('check own --width 200');
      assert.equal(code, 1, out + err);
      assert.match(out, says);
      assert.match(out, /01-broken\/lesson\.md:\d+/);
    });

  it('may compare two cells, and speak of the claims of either side', () => {
    mkdirSync(join(folder, 'comparing', '01-both'), { recursive: true });
    const text = `${block('unroll', 'compare rnn lstm --in "gradients --steps 64 --seeds 2"')}\nIt is {{a.rnn-vanishes | 2}}.\n`;
    writeFileSync(join(folder, 'comparing', '01-both', 'lesson.md'), text);
    const { code, out } = lesson('check comparing');
    assert.equal(code, 0, out);
    assert.match(lesson('both --lessons comparing --all').out, /── rnn {3}━━ lstm[\s\S]*It is \d(?:\.\d)?e-\d+\./);
  });

  it('one that cannot be read keeps the check from no other, nor from a translation', () => {
    const places = ['01-unread', '02-broken', '03-whole'].map((name) => join(folder, 'several', name));
    for (const place of places) mkdirSync(place, { recursive: true });
    const [unread, faulty, whole] = places.map((place) => join(place, 'lesson.md')) as [string, string, string];
    writeFileSync(unread, 'Only words.\n');
    writeFileSync(faulty, `${begin}It is {{nothing}}.\n`);
    writeFileSync(whole, `${begin}Words.\n`);
    writeFileSync(whole.replace('.md', '.de.md'), `${begin}Es ist {{nichts}}.\n`);
    const { code, out } = lesson('check several --width 200');
    assert.equal(code, 1);
    assert.match(out, /^ *unread +\? +\? +\? +\? +\? +1$/m);
    assert.match(out, /^ *whole .* 0$/m);
    assert.match(out, /^ *whole \(de\) .* 1$/m);
    assert.match(out, /01-unread\/lesson\.md:1: [\s\S]*02-broken\/lesson\.md:10: [\s\S]*03-whole\/lesson\.de\.md:10: /);
    assert.doesNotMatch(lesson('check several --language de --only whole --width 200').out, /^ *whole .* 0$/m);
  });
});

describe('lesson export', () => {
  const elements = (node: Node): Element[] => {
    const own = defaultTreeAdapter.isElementNode(node) ? [node] : [];
    return [...own, ...('childNodes' in node ? node.childNodes.flatMap(elements) : [])];
  };

  /** The page, and what is wrong with it as HTML. */
  function read(name: string) {
    const faults: string[] = [];
    const page = parse(readFileSync(join(folder, name), 'utf8'), {
      onParseError: ({ code, startLine }) => faults.push(`${code} in line ${startLine}`),
      sourceCodeLocationInfo: true,
    });
    return { all: elements(page), faults };
  }

  const named = (all: readonly Element[], name: string) => all.filter(({ tagName }) => tagName === name);

  for (const [how, option, file] of [
    ['a page', '--html', `${first}.html`],
    ['slides', '--slides', `${first}-slides.html`],
  ] as const)
    it(`writes ${how}: well-formed, whole, and asking nothing of the network`, () => {
      const { code, err } = lesson(`export ${first} ${option}`);
      assert.equal(code, 0, err);
      assert.deepEqual(readdirSync(folder), [file]);
      const { all, faults } = read(file);
      assert.deepEqual(faults, []);
      for (const { attrs, tagName } of all)
        for (const { name, value } of attrs) {
          if (name.startsWith('xmlns')) continue;
          assert.doesNotMatch(value, /https?:|^\/\/|url\(/, `<${tagName} ${name}>`);
          if (name === 'src' || (name === 'href' && tagName !== 'a')) assert.match(value, /^(data:|#)/);
        }
      const text = readFileSync(join(folder, file), 'utf8');
      assert.doesNotMatch(text, /@import|url\(\s*['"]?(?!data:|#)|fetch\(|XMLHttpRequest|\{\{/);
      assert.ok(named(all, 'svg').length >= 2, 'the charts are drawn');
      assert.ok(named(all, 'h2').length >= 3);
      assert.equal(named(all, 'title').length, 1);
      const labels = all.flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'id').map(({ value }) => value));
      assert.deepEqual([...new Set(labels)], labels, 'no id twice');
      if (option === '--slides') assert.ok(named(all, 'section').length > 5, 'a slide a section');
    });

  it('replaces nothing unless it is told to, and leaves nothing half written', () => {
    assert.equal(lesson(`export ${first} --out page.html`).code, 0);
    const { code, err } = lesson(`export ${first} --out page.html`);
    assert.equal(code, 2);
    assert.match(err, /page\.html already exists[\s\S]*--force/);
    assert.equal(lesson(`export ${first} --out page.html --force`).code, 0);
    assert.ok(!existsSync(join(folder, 'page.html.part')));
    assert.equal(lesson(`export ${first} --out nowhere/page.html`).code, 2);
    assert.deepEqual(readdirSync(folder), ['page.html']);
  });
});
