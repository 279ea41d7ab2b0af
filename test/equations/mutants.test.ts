// The mutants of a program: each in the language, each another function, each named as a person would.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { type Mutant, mutantsOf } from '../../lib/equations/mutants.ts';
import { printProgram } from '../../lib/equations/print.ts';
import { type Program, sizesFor } from '../../lib/equations/program.ts';
import { random } from '../../lib/numbers/random.ts';
import { randomGiven } from './arbitrary-program.ts';
import { cellTexts, programOf } from './cells.ts';

/** Attention by itself: the decoder's state is given. */
const additive = readFileSync('lib/cells/reads/additive.cell', 'utf8').replaceAll('h_prev', 'q');
const lstm = programOf(cellTexts.get('lstm')!);
const gru = programOf(cellTexts.get('gru')!);
const programs = new Map<string, Program>([
  ...[...cellTexts].map(([name, text]) => [name, programOf(text)] as const),
  ['additive', programOf(additive)],
  ...['rnn', 'lstm', 'gru'].map((name) => [`${name} backward`, derive(programOf(cellTexts.get(name)!)).whole] as const),
]);

const named = (mutants: readonly Mutant[], says: string): readonly string[] | undefined =>
  mutants.find((mutant) => mutant.says === says)?.after;

/** Reading takes a while: of many every twelfth. */
const sampled = (mutants: readonly Mutant[]): readonly Mutant[] =>
  mutants.length > 60 ? mutants.filter((_, i) => i % 12 === 0) : mutants;

test('every mutant is a program of the language, with the shapes of the original', () => {
  for (const [name, program] of programs)
    for (const mutant of sampled(mutantsOf(program))) {
      const again = programOf(printProgram(mutant.program));
      assert.equal(printProgram(again), printProgram(mutant.program), `${name}: ${mutant.id}`);
      assert.deepEqual([again.states, again.parameters], [mutant.program.states, mutant.program.parameters], mutant.id);
      for (const [of, shape] of again.shapes)
        assert.deepEqual(shape, program.shapes.get(of), `${name}: ${mutant.id}: ${of}`);
    }
});

test('no id, no sentence and no text is there twice', () => {
  for (const [name, program] of programs) {
    const mutants = mutantsOf(program);
    for (const of of [mutants.map((m) => m.id), mutants.map((m) => m.says), mutants.map((m) => m.after.join('\n'))])
      assert.deepEqual(
        of.filter((text, i) => of.indexOf(text) !== i),
        [],
        name,
      );
    for (const { before, after } of mutants) for (const [i, line] of before.entries()) assert.notEqual(line, after[i]);
  }
});

/** The numbers of three steps, by the other engine. */
function numbersOf(program: Program, reference: Program, seed: number): number[] {
  const given = randomGiven(reference, sizesFor(reference, 3, 2), 3, random(seed), 1.2);
  const states = reference.states.map((state) => [state, given.initial.get(state)!] as const);
  const { values } = mathjsEngine({ ...derive(reference), forward: { ...program, states: reference.states } }).forward({
    ...given,
    initial: new Map(states),
    readout: [],
  });
  return [...reference.states, reference.output].flatMap((name) => values.get(name)!.flatMap(({ data }) => [...data]));
}

test('mathjs tells every mutant from the original and from every other, and its alikes from none', () => {
  for (const name of ['rnn', 'lstm', 'gru', 'additive']) {
    const reference = programs.get(name)!;
    const all = [{ id: 'the original', program: reference }, ...mutantsOf(reference)];
    const numbers = all.map(({ program }) => numbersOf(program, reference, 7));
    for (const [i, a] of numbers.entries())
      for (const [j, b] of numbers.slice(0, i).entries()) {
        const apart = Math.max(...a.map((value, k) => Math.abs(value - b[k]!)));
        assert.ok(!(apart <= 1e-9), `${name}: ${all[i]!.id} gives the numbers of ${all[j]!.id}`);
      }
  }
});

test('the classic mistakes of an LSTM are there, in words', () => {
  const mutants = mutantsOf(lstm);
  const wanted: Readonly<Record<string, readonly string[]>> = {
    'the forget and the input gate are swapped': ['c = i .* c_prev + f .* g'],
    'the bias b_f is missing': ['f = sigmoid(W_f * h_prev + U_f * x)'],
    'the bias b_f is added twice': ['f = sigmoid(W_f * h_prev + U_f * x + b_f + b_f)'],
    'W_f is transposed': ["f = sigmoid(W_f' * h_prev + U_f * x + b_f)"],
    'the forget gate uses tanh instead of sigmoid': ['f = tanh(W_f * h_prev + U_f * x + b_f)'],
    'the hidden state uses c instead of tanh(c)': ['h = o .* c'],
    'the hidden state uses the old state c_prev instead of c': ['h = o .* tanh(c_prev)'],
    'the term f .* c_prev is missing from the cell state': ['c = i .* g'],
    'the forget gate uses b_i instead of b_f': ['f = sigmoid(W_f * h_prev + U_f * x + b_i)'],
    '1 - f is used instead of f in the cell state': ['c = (1 - f) .* c_prev + i .* g'],
    'the forget gate uses c_prev instead of h_prev': ['f = sigmoid(W_f * c_prev + U_f * x + b_f)'],
    'the factor o is missing in the hidden state': ['h = tanh(c)'],
    'the cell state is not updated': ['c = c_prev'],
    'every bias is missing': [
      'f = sigmoid(W_f * h_prev + U_f * x)',
      'i = sigmoid(W_i * h_prev + U_i * x)',
      'o = sigmoid(W_o * h_prev + U_o * x)',
      'g = tanh(W_g * h_prev + U_g * x)',
    ],
  };
  for (const [says, after] of Object.entries(wanted)) assert.deepEqual(named(mutants, says), after, says);
});

test('and of a GRU, of attention, and of a backward pass', () => {
  assert.deepEqual(named(mutantsOf(gru), 'z and 1 - z are exchanged in h'), ['h = (1 - z) .* h_prev + z .* n']);
  assert.deepEqual(named(mutantsOf(gru), 'the reset gate multiplies W_n * h_prev instead of h_prev'), [
    'n = tanh(r .* (W_n * h_prev) + U_n * x + b_n)',
  ]);
  const attention = mutantsOf(programs.get('additive')!, ['alpha']);
  assert.deepEqual(named(attention, 'the alignment has no softmax'), ['alpha = e']);
  assert.deepEqual(named(attention, 'context uses e instead of alpha'), ['context = M * e']);
  assert.deepEqual(named(attention, 'the alignment is exp without the division by the sum'), ['alpha = exp(e)']);
  assert.deepEqual(named(attention, 'E has no tanh'), ["E = s * ones' + U_a * M"]);
  const backward = mutantsOf(programs.get('lstm backward')!);
  assert.deepEqual(named(backward, 'd_c_next, what comes back from the step after, is missing from d_c'), [
    'd_c = d_h .* o .* (1 - tanh_c .^ 2)',
  ]);
  assert.deepEqual(named(backward, 'W_f is not transposed in d_h_prev')?.length, 1);
  const rnn = mutantsOf(programs.get('rnn backward')!);
  assert.deepEqual(named(rnn, 'the factor (1 - h .^ 2) is missing in da_h'), ['da_h = d_h']);
});
