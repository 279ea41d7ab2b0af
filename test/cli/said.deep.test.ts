// What is easily said wrong is said right, with its source, where a student meets it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unroll } from './run-unroll.ts';

const statements: readonly (readonly [line: string, ...says: RegExp[]])[] = [
  ['diagram rnn --steps 3', /a net of T layers with shared weights/],
  [
    'gradients --matrix',
    /An eigenvalue below 1 shrinks its own direction, asymptotically/,
    /is sufficient for vanishing; σ max · γ > 1 is necessary for exploding and not sufficient/,
  ],
  ['gradients rnn --radius .9,1.1 --seeds 2', /tanh saturates, so ρ above 1 need not explode/],
  [
    'train latch rnn --seeds 1',
    /fails beyond ten steps is no law: it depends on the task, and on how its matrices start/,
  ],
  [
    'gates lstm',
    /1997 had two gates, i and o, and cut the gradient at them/,
    /forget gate is of Gers, Schmidhuber & Cummins 2000/,
  ],
  [
    'gradients lstm --decompose --seeds 2',
    /∂c_t\/∂c_{t-1} = diag\(f_t\) \+ what runs through h into the gates/,
    /softens vanishing; it does not solve it/,
  ],
  [
    'gradients rnn lstm --forget-bias 0 --seeds 2',
    /Here the gradient of lstm vanishes faster than that of rnn/,
    /Gates mitigate vanishing gradients once training opens them; they do not eliminate them/,
  ],
  [
    'cell show gru',
    /z keeps the old state: Cho et al. 2014/,
    /In other papers z writes the new state/,
    /PyTorch resets after the product/,
  ],
  ['train counting lstm --seeds 1', /Weiss, Goldberg & Yahav 2018/],
  [
    'bidirectional --seeds 1',
    /It doubles the layer and the head's input, not the net/,
    /Schuster & Paliwal 1997/,
    /It cannot stream/,
  ],
  [
    'exposure --seeds 1',
    /the free-running error is [\d.]+ times the teacher-forced one, and levels off: exposure bias is not the same as errors that/,
  ],
  [
    'exposure --series mackey-glass --compare forced,scheduled --seeds 1 --updates 100',
    /no such target is right, so it learns to be vague/,
  ],
  ['sampling --seeds 1 --updates 100', /for any other ε the objective is improper, however much data there is/],
  [
    'truncation --seeds 2',
    /Truncation biases the gradient \(Tallec & Ollivier 2017\); the state still flows/,
    /the bias is only where memory is/,
  ],
  [
    'parallel',
    /It does not break the chain of h/,
    /And it holds in training: what is generated waits for the token before/,
  ],
  ['streaming --tokens 2000', /Neither is strictly more powerful/, /Hahn 2020/, /Weiss, Goldberg & Yahav 2018/],
  [
    'attention',
    /the mean lag stays, and only the smallest lag changes/,
    /Sutskever, Vinyals & Le 2014/,
    /attention is not alignment/,
  ],
];

describe('said right', () => {
  for (const [line, ...says] of statements)
    it(`unroll ${line}`, () => {
      const words = line === 'gradients --matrix' ? ['gradients', '--matrix', '.9 3; 0 .9'] : line.split(' ');
      const { code, out } = unroll([...words, '--width', '1000']);
      assert.equal(code, 0);
      for (const statement of says) assert.match(out.replaceAll(/\s+/g, ' '), statement);
    });
});
