// The command line that a Result names: quoted for a shell, and honest about what the Result does not hold.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Result } from '../../lib/experiments/result.ts';
import { commandLine, quoted } from '../../lib/render/command-line.ts';

const of = (experiment: string, options: Result['options']): { command: string; missing: string } =>
  commandLine({ unroll: 1, experiment, question: '', options, seed: 7, figures: [], claims: [], notes: [] });

describe('a command line', () => {
  it('has the cells in their place and every option by its name', () => {
    assert.equal(
      of('gradients', { cells: ['rnn', 'lstm'], input: 'noise', inputSize: 4, forgetBias: 0, decompose: true }).command,
      'unroll gradients rnn lstm --input 4 --forget-bias 0 --decompose --seed 7',
    );
  });

  it('quotes a text for a shell', () => {
    assert.equal(quoted('it\'s $HOME; `rm` "x"'), "'it'\\''s $HOME; `rm` \"x\"'");
    assert.equal(of('states', { input: 'text', text: 'a b', steps: 3 }).command, "unroll states --text 'a b' --seed 7");
  });

  it('says what has to be put in by hand', () => {
    const { command, missing } = of('states', { cells: ['equation'], input: 'csv', samples: [1, 2], steps: 2 });
    assert.equal(command, 'unroll states EQUATIONS --csv FILE --column NAME --seed 7');
    assert.match(missing, /put in EQUATIONS, FILE, NAME\.$/);
  });

  it('writes a matrix as it is typed', () => {
    assert.equal(
      of('gradients', {
        matrix: [
          [0.9, 3],
          [0, 0.9],
        ],
        steps: 9,
      }).command,
      "unroll gradients --matrix '0.9 3; 0 0.9' --steps 9",
    );
  });
});
