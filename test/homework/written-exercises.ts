// The exercises whose reference is one step of equations: how a student's function for them begins.

import type { Signature } from './student-code.ts';

const gates = (names: string): readonly string[] =>
  [...names].flatMap((gate) => [`W_${gate}`, `U_${gate}`, `b_${gate}`]);

export const signatures: ReadonlyMap<string, Signature> = new Map([
  [
    'lstm-step',
    {
      function: 'lstm_step',
      parameters: ['h_prev', 'c_prev', 'x', 'p'],
      records: { p: gates('fiog') },
      returns: ['h', 'c'],
    },
  ],
  [
    'gru-step',
    { function: 'gru_step', parameters: ['h_prev', 'x', 'p'], records: { p: gates('zrn') }, returns: ['h'] },
  ],
  [
    'additive-attention',
    {
      function: 'additive_attention',
      parameters: ['s', 'annotations', 'W_a', 'U_a', 'v_a'],
      returns: ['context', 'alpha'],
      before: { js: 'const ones = annotations.map(() => 1);', numpy: 'ones = np.ones(len(annotations))' },
    },
  ],
]);
