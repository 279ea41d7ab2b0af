// The result of checking one submission, as data, described once: the type and the JSON Schema that `unroll schema homework` prints. Every
// format of a report is a function of this.

import {
  constant,
  listOf,
  oneWordOf,
  real,
  record,
  type Schema,
  type TypeOf,
  text,
  whole,
} from '../render/json-schema.ts';
import { type Language, languages } from './language.ts';
import { isolation, raised, type Trouble } from './session.ts';
import type { Answer, Value } from './value.ts';
import type { Message } from './wording/messages.ts';

const statuses = ['pass', 'fail', 'error', 'timeout', 'limit', 'violation', 'refused', 'internal'] as const;
export type Status = (typeof statuses)[number];

export const points: Schema<number> = { type: 'number', minimum: 0 };
const texts = listOf(text);
const oneOf = <const S extends readonly Schema[]>(...schemas: S): Schema<TypeOf<S[number]>> => ({ oneOf: schemas });

const value: Schema<Value> = { $ref: '#/$defs/value' };
const answer: Schema<Answer> = { type: 'object', additionalProperties: value };

const problem = oneOf(
  record({ code: constant('wrong-shape'), path: text, expected: text, got: text, inside: texts }, ['inside']),
  record({ code: oneWordOf('not-a-number', 'not-finite'), path: text, got: text }),
  record({ code: oneWordOf('values', 'changed-arguments', 'result-reused', 'remembers', 'promise') }),
  /** Right at the first steps: what is wrong grows, or shows only later. */
  record({ code: constant('drifts'), step: whole, unit: constant('call') }, ['unit']),
  record({ code: constant('property'), because: text }),
  /** What a cell of one's own reached on each seed, and on how many of them that was enough. */
  record({ code: constant('claim'), measured: listOf(real), reached: whole, needed: whole }),
  record({ code: constant('threw'), raised }),
);
export type Problem = TypeOf<typeof problem>;

/** How a function would have to be called so that its answers are right. What is not set is as the exercise has it. */
const convention = {
  /** The parameters in the order in which it takes them. */
  order: texts,
  /** Every matrix transposed: x @ W. */
  transposed: constant(true),
  /** W multiplies the input and U the state. */
  exchanged: constant(true),
  /** A vector of n is (n, 1), or (1, n). */
  vectors: oneWordOf('columns', 'rows'),
  /** Where the time axis of a sequence is: last, or second, after the batch. */
  time: oneWordOf('last', 'middle'),
  /** Where in what comes back each result is: `[1][0]`, `.h`, or nothing for the whole. */
  returned: texts,
};
export type Convention = { readonly [K in keyof typeof convention]?: TypeOf<(typeof convention)[K]> | undefined };

/** `reduce` without an initial value, `forEach` for `map`, an arrow function in braces, a dot product for an outer one. */
export type KnownLine = 'no-initial-value' | 'for-each' | 'arrow-braces' | 'flat-transpose';

/** What can be told where no mistake is known that gives these numbers. */
const clue = oneOf(
  /** The starter, as it was given; another answer to the same call, or with the same objects; right but for the last digits. */
  record({ code: oneWordOf('untouched', 'remembers', 'changed-arguments', 'float32', 'small') }),
  /** The student's own names of the arguments, which are the right ones in another order. */
  record({ code: constant('order'), own: texts }),
  record({ code: constant('convention'), own: texts, ...convention }, [
    ...(['own', 'order', 'transposed', 'exchanged', 'vectors', 'time', 'returned'] as const),
  ]),
  /** A word that was given and that the file never mentions. */
  record({ code: constant('word'), parameter: text, word: text }),
  /** A line of the text that is known to go wrong in this way. */
  record({ code: constant('line'), id: text as Schema<KnownLine>, line: whole, text }),
  /** `p.bn`, which is read and is not there. */
  record({ code: constant('part'), read: text, part: text, parts: texts }),
  record({ code: constant('rounded'), decimals: whole }),
);
export type Clue = TypeOf<typeof clue>;

/** Set when the numbers are exactly a known mistake's. `says`: `the input and the forget gate are swapped` */
const diagnosis = record({ mistake: record({ id: text, says: text, wrong: texts, right: texts }) }, ['mistake']);
export type Diagnosis = TypeOf<typeof diagnosis>;

/** What a failed check found: everything that a message shows, nothing cut. */
const finding = record(
  {
    problem,
    /** The call that was made. */
    call: record({ function: text, parameters: texts, given: listOf(value) }),
    /** What came back, where it could be read, and what was expected. */
    got: answer,
    expected: answer,
    /** The entry that is furthest off, `c[2]`, and by how much. */
    worst: record({ path: text, got: real, expected: real, error: real }),
    /** The relative error of each tensor, a number a step where there are steps. */
    strips: listOf(record({ name: text, errors: listOf(real) })),
    diagnosis,
    clue,
  },
  ['call', 'got', 'expected', 'worst', 'strips', 'diagnosis', 'clue'],
);
export type Finding = TypeOf<typeof finding>;

const message = record({ what: text, why: text, next: text, quoted: texts }, ['why', 'quoted']) as Schema<Message>;

const check = record(
  {
    id: text,
    says: text,
    status: oneWordOf(...statuses, 'skipped'),
    points,
    of: points,
    after: { ...text, description: 'for skipped: the id of the check that has to pass first' },
    finding,
    /** Of its JSON: the words of what it found. */
    message,
  },
  ['after', 'finding', 'message'],
);
export type CheckReport = TypeOf<typeof check>;

/** What ended a run: its code says which further fields there are. */
const trouble: Schema<Trouble> = {
  type: 'object',
  properties: { status: oneWordOf(...statuses.slice(2)), code: text, message, raised },
  required: ['status', 'code', 'message'],
};

/** With `homework`, the version of the format, where it is JSON. */
const fields = {
  /** How it is called and what it gives back, so that a message can say so where no call was made. */
  exercise: record({ id: text, title: text, function: text, parameters: texts, returns: texts }, [
    'function',
    'parameters',
    'returns',
  ]),
  /** The file as it was given, its last part only, control characters escaped; whose it is, in a class; `Python 3.11 with NumPy 1.24`. */
  submission: record(
    { file: text, student: text, language: oneWordOf(...(Object.keys(languages) as Language[])), runtime: text },
    ['student'],
  ),
  status: {
    ...oneWordOf(...statuses),
    description: 'pass when every check passed; internal is the tool’s own fault',
  } as Schema<Status>,
  points,
  of: points,
  checks: listOf(check),
  trouble,
  prints: record({ text, cut: { type: 'boolean' } as Schema<boolean> }),
  isolation,
  /** Never in what a student sees of a class. */
  seed: { ...whole, description: 'the teacher’s: what the inputs were drawn from' },
  hints: whole,
};
const optional = ['trouble', 'seed'] as const;
export type Report = TypeOf<ReturnType<typeof record<typeof fields, (typeof optional)[number]>>>;

export const reportRecord: Schema<Report> = record(
  { homework: { ...constant(1), description: 'version of this format' }, ...fields },
  optional,
);

/** A number, a word, a list or a record of such: a vector is a list, a matrix a list of its rows. */
export const valueDefinition = {
  $defs: {
    value: {
      anyOf: [
        real,
        text,
        { type: 'array', items: { $ref: '#/$defs/value' } },
        { type: 'object', additionalProperties: { $ref: '#/$defs/value' } },
      ],
    },
  },
};

export const reportSchema: Schema<Report> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A homework report of unroll',
  ...reportRecord,
  ...valueDefinition,
};
