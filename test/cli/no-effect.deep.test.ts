// Every option of every command, in every mode: it changes what is printed, or is refused before anything is. An option that is added
// has to have a value here, and so is tried.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Command, nameOf, standingIn } from '../../lib/cli/command.ts';
import { commands } from '../../lib/cli/commands.ts';
import { isFlag } from '../../lib/options/option.ts';
import { unroll } from './run-unroll.ts';

const wave = (k: number): string => Math.sin(k / 5).toFixed(4);
const files = {
  'a.txt': 'the quick brown fox jumps over the lazy dog. '.repeat(60),
  'b.txt': 'a rose is a rose is a rose, said she. '.repeat(60),
  'n.csv': `A,B\n${Array.from({ length: 300 }, (_, k) => `${wave(k)},${wave(2 * k)}`).join('\n')}\n`,
};

/** A value of each option, another than the one that holds without it. */
const values: Readonly<Record<string, string>> = {
  ...{
    steps: '9',
    length: '9',
    hidden: '6',
    input: '3',
    layers: '2',
    batch: '3',
    prefix: '3',
    perturb: '2',
    lengths: '3,4',
  },
  ...{
    seed: '5',
    seeds: '2',
    jobs: '2',
    engine: 'mathjs',
    updates: '3',
    rate: '.5',
    clip: '.01',
    'clip-by': 'element',
  },
  ...{ text: 'some other words', file: 'b.txt', csv: 'n.csv', column: 'B', signal: 'sine', series: 'mackey-glass' },
  ...{ init: 'identity', 'forget-bias': '3', radius: '.5', matrix: '.5 1; 0 .5', bias: '-3,-1', windows: '2,3' },
  ...{
    truncate: '3',
    truncated: '3',
    optimiser: 'sgd',
    schedule: 'cosine',
    save: 's.json',
    load: 'none.json',
    epsilon: '1,0',
  },
  ...{
    unit: '2',
    units: '2',
    property: 'space',
    at: '30',
    workers: '2',
    weights: 'flops',
    repeats: '2',
    tokens: '2000',
  },
  ...{ format: 'csv', out: 'o.txt', width: '60', height: '60', vectors: 'none.json', in: 'states', step: '2' },
  ...{ language: 'de', lessons: 'none', limit: '5', memory: '300', source: 'abcd', task: 'counting', compare: 'free' },
};
const ofCommand: Readonly<Record<string, string>> = {
  'attention task': 'reversal',
  'attention compare': 'dot',
  'bidirectional task': 'latch',
};

/** They change how fast a result comes, what is said beside it, how a file is replaced, or the exit code. */
const beside = ['engine', 'jobs', 'quiet', 'force', 'assert', 'color', 'save'];
/** What these change is to be seen only in some results: the height of what does not fit, characters that are ASCII already, a random check that comes out right. */
const sometimes = [
  'height',
  'ascii',
  'homework hint plain',
  'parallel seed',
  'cell check seed',
  'cell derive seed',
  'diagram seed',
];

const quick = '--updates 2 --seeds 1';
const modes = [
  ...['states', 'states --perturb 1', 'states --signal sine', 'states --file a.txt', 'states --csv n.csv --column A'],
  ...['gates', 'gradients --steps 7', 'gradients --text abcdefghijkl', 'gradients --cliff', 'gradients --matrix .9'],
  ...['truncation --steps 20 --seeds 1', 'truncation --clip --steps 20 --seeds 1', 'truncation --balancing'],
  ...[`exposure ${quick}`, `exposure --series two-sines ${quick}`, `exposure --file a.txt ${quick}`],
  ...[
    `sampling ${quick}`,
    `attention --lengths 6 ${quick}`,
    `attention --task dates ${quick}`,
    'parallel',
    'bench --repeats 1',
  ],
  ...[`bidirectional ${quick}`, `variants lstm gru ${quick}`, `probe ${quick}`, `train adding ${quick}`],
  ...[
    `train text --file a.txt ${quick}`,
    `train series --csv n.csv --column A ${quick}`,
    `train adding --clip none ${quick}`,
  ],
  ...[
    'diagram',
    'diagram --inside',
    'diagram --seq2seq',
    'diagram --attention',
    'diagram --truncated 2',
    'compare rnn lstm',
  ],
  ...[
    'cell list',
    'cell show lstm',
    'cell derive lstm',
    'cell derive lstm --latex',
    'cell check rnn --hidden 2 --input 2',
  ],
  ...['lesson list', 'homework list', 'homework hint rnn-step', 'schema', 'tour'],
  ...['gates --plain', 'gates --format json', 'gates --format csv', 'gates --format svg', 'gates --format html'],
];

async function commandOf(words: readonly string[]): Promise<readonly [name: string, command: Command]> {
  const [first, second] = words;
  const command = await standingIn(await commands.find((listed) => nameOf(listed) === first)!.load());
  const own = command.subcommands?.find((listed) => nameOf(listed) === second);
  return own === undefined ? [first!, command] : [`${first} ${second}`, await standingIn(await own.load())];
}

describe('an option has an effect or is refused', () => {
  for (const mode of modes)
    it(mode, async () => {
      const words = mode.split(' ');
      const [name, { options }] = await commandOf(words);
      const without = unroll(words, { files });
      assert.ok(without.code === 0, without.err);
      for (const [option, declared] of Object.entries(options)) {
        if (words.includes(`--${option}`)) continue;
        const value = ofCommand[`${name} ${option}`] ?? values[option];
        assert.ok(isFlag(declared) || value !== undefined, `--${option} of ${name} has no value in this test`);
        const line = [...words, `--${option}`, ...(isFlag(declared) ? [] : [value!])];
        const { code, out, err } = unroll(line, { files });
        const said = `unroll ${line.join(' ')}\n${err}`;
        assert.ok(code === 0 || code === 2 || (code === 1 && option === 'assert'), said);
        if (code === 2) assert.equal(out, '', said);
        else if (out === without.out)
          assert.ok(
            [option, `${name} ${option}`].some((one) => [...beside, ...sometimes].includes(one)),
            said,
          );
      }
    });
});
