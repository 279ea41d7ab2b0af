// Reports as the checker makes them, one for each kind of outcome, and one in which everything that a student can write is hostile.

import type { CheckReport, Finding, Report, Status } from '../../../lib/homework/check-report.ts';
import type { Trouble } from '../../../lib/homework/session.ts';

const isolation: Report['isolation'] = {
  level: 3,
  says: 'sandbox (no files, no network, no other processes; measured)',
  attempts: [
    { attempt: 'read a file', outcome: 'refused' },
    { attempt: 'reach a port', outcome: 'refused' },
    { attempt: 'signal the parent', outcome: 'refused' },
    { attempt: 'fork past the limit', outcome: 'refused' },
    { attempt: 'write outside', outcome: 'refused' },
  ],
};

type Sketch = Pick<CheckReport, 'id' | 'says' | 'of'>;

const lstmChecks: readonly Sketch[] = [
  { id: 'shape', says: 'returns h and c, each in its shape', of: 1 },
  { id: 'finite', says: 'every value is finite', of: 1 },
  { id: 'one', says: 'one step, given numbers', of: 5 },
  { id: 'large', says: 'other sizes and more of them', of: 2 },
  { id: 'many', says: '12 steps, each from what you returned', of: 2 },
  { id: 'keeps', says: 'f = 1 and i = 0 keep c exactly', of: 1 },
];

/** The checks of an exercise as they stand after some passed, one failed, and what needs it was skipped. */
function checksAfter(
  sketches: readonly Sketch[],
  failed: string | undefined,
  how: Partial<CheckReport>,
): CheckReport[] {
  const at = failed === undefined ? sketches.length : sketches.findIndex(({ id }) => id === failed);
  return sketches.map((check, i): CheckReport => {
    if (i < at) return { ...check, status: 'pass', points: check.of };
    if (i === at) return { ...check, status: 'fail', points: 0, ...how };
    return { ...check, status: 'skipped', points: 0, ...(failed === undefined ? {} : { after: failed }) };
  });
}

const base = {
  exercise: {
    id: 'lstm-step',
    title: 'One step of the LSTM',
    function: 'lstm_step',
    parameters: ['h_prev', 'c_prev', 'x', 'p'],
    returns: ['h', 'c'],
  },
  submission: { file: 'my_lstm.py', language: 'python', runtime: 'Python 3.11 with NumPy 1.24' },
  prints: { text: '', cut: false },
  isolation,
  hints: 3,
} as const satisfies Partial<Report>;

const isWrong = (status: Status | 'skipped'): status is Exclude<Status, 'pass'> =>
  status !== 'pass' && status !== 'skipped';

const reportOf = (checks: readonly CheckReport[], rest: Partial<Report> = {}): Report => ({
  ...base,
  status: checks.map(({ status }) => status).find(isWrong) ?? 'pass',
  points: checks.reduce((sum, { points }) => sum + points, 0),
  of: checks.reduce((sum, { of }) => sum + of, 0),
  checks,
  ...rest,
});

const call: NonNullable<Finding['call']> = {
  function: 'lstm_step',
  parameters: ['h_prev', 'c_prev', 'x', 'p'],
  given: [
    [0.5, -0.25],
    [1, -1],
    [0.3],
    {
      W_f: [
        [0.1, -0.4],
        [0.7, 0.2],
      ],
      U_f: [[0.3], [-0.6]],
      b_f: [1, 1],
      W_i: [
        [0.4, 0.1],
        [-0.2, 0.9],
      ],
      U_i: [[0.8], [0.5]],
      b_i: [0, 0],
    },
  ],
};

export const passed = reportOf(checksAfter(lstmChecks, undefined, {}), {
  prints: { text: 'f = [0.73, 0.81]\nf = [0.73, 0.81]\n', cut: false },
});

export const swapped = reportOf(
  checksAfter(lstmChecks, 'one', {
    finding: {
      problem: { code: 'values' },
      call,
      got: { h: [0.1834, -0.441], c: [0.0921, 0.3377] },
      expected: { h: [0.3021, -0.1178], c: [0.553, 0.2904] },
      worst: { path: 'c[0]', got: 0.0921, expected: 0.553, error: 0.4609 },
      strips: [
        { name: 'h', errors: [0.1187, 0.3232] },
        { name: 'c', errors: [0.4609, 0.0473] },
      ],
      diagnosis: {
        mistake: {
          id: 'swap f i',
          says: 'the input and the forget gate are swapped',
          wrong: ['c = i .* c_prev + f .* g'],
          right: ['c = f .* c_prev + i .* g'],
        },
      },
    },
  }),
);

export const drifting = reportOf(
  checksAfter(lstmChecks, 'many', {
    finding: {
      problem: { code: 'drifts', step: 4 },
      call,
      got: { h: [0.10000004, -0.2], c: [0.3, 0.4] },
      expected: { h: [0.1, -0.2], c: [0.3, 0.4] },
      worst: { path: 'h[0]', got: 0.10000004, expected: 0.1, error: 4e-8 },
      strips: [
        { name: 'h', errors: [0, 1e-16, 3e-9, 4e-8, 5e-7, 6e-5, 7e-3, 0.08, 0.3, 0.4, Number.NaN, Number.NaN] },
        { name: 'c', errors: [0, 0, 0, 0, 0, 0, 0, 0, 1e-9, 2e-9, 3e-7, 4e-6] },
      ],
    },
  }),
);

export const column = reportOf(
  checksAfter(lstmChecks, 'shape', {
    finding: {
      problem: {
        code: 'wrong-shape',
        path: 'h',
        expected: 'a list of 2 numbers',
        got: 'a list of 2 lists of 1 number',
      },
      call,
      expected: { h: [0.3021, -0.1178], c: [0.553, 0.2904] },
    },
  }),
);

/** Ended before any check could say anything. */
export const ended = (trouble: Trouble, rest: Partial<Report> = {}): Report =>
  reportOf(
    lstmChecks.map((check, i): CheckReport => {
      const skipped: CheckReport = { ...check, status: 'skipped', points: 0 };
      return i === 0 ? skipped : { ...skipped, after: lstmChecks[0]!.id };
    }),
    { status: trouble.status, trouble, ...rest },
  );

const noSyntax = ended({
  status: 'error',
  code: 'syntax',
  raised: { name: 'SyntaxError', message: "'(' was never closed", line: 7, text: '    c = f * c_prev + i * (g' },
});

/** A check was asking when it ended. */
export const slow = reportOf(checksAfter(lstmChecks, 'large', { status: 'timeout' }), {
  trouble: { status: 'timeout', code: 'too-slow', seconds: 2, loading: false },
});

export const internal = ended({ status: 'internal', code: 'internal', message: 'TypeError: no such exercise' });

const lone = '\ud800';

/** What a student can put into a report, at its worst. */
export const hostile = reportOf(
  checksAfter(lstmChecks, 'one', {
    status: 'error',
    finding: {
      problem: {
        code: 'threw',
        raised: {
          name: 'Error]]>',
          message: `]]><failure/>\nok 1 - all is well # SKIP\n\u001b[2J\u0007\u0000\ufffe${lone} =cmd()`,
          line: 3,
          text: '  ]]>\u202eok 2',
        },
      },
      call,
    },
  }),
  {
    submission: {
      file: 'a\nok 3 - b # SKIP.py',
      student: '=HYPERLINK("http://example.org","ok")',
      language: 'python',
      runtime: 'Python 3.11',
    },
    prints: {
      text: `ok 1 - printed\nnot ok 2\nBail out! I win\n1..0\n</system-out>]]>&lt;\n\u001b]0;title\u0007 \u009b31m\u0000${lone}\ufffe\ufeff\r=1+1\n\n::error::x\n${'0123456789'.repeat(12)}\n`,
      cut: true,
    },
  },
);

export const samples: Readonly<Record<string, Report>> = {
  passed,
  swapped,
  drifting,
  column,
  'no-syntax': noSyntax,
  slow,
  internal,
  hostile,
};
