// An experiment: one question with its options, what one seed computes, and the answer made of all seeds. It is one file of lib/experiments, or
// the main file of a folder there; what such a file exports as default is a command. To add one is to write it:
//
//     const saturation = experiment({
//       name: 'saturation',                                     // unroll saturation [cells..]
//       describe: 'the share of saturated units at every step', // in `unroll --help`
//       order: 25,                                              // there between gates (20) and gradients (30)
//       question: 'How many units are saturated?',
//       examples: [['unroll saturation rnn gru', 'two cells on the built-in text']],
//       options: { cells: cells('rnn', 'gru'), sequence, start: initialisation(16), ...runs(5) },
//       seed: ({ cells, … }, k, watch) => inTurn(cells, watch, async (cell) => …),
//       answer: (found, { cells, … }) => ({ figures: […], claims: […], notes: […], next: {…} }),
//     });
//     export default saturation;
//
// A group of options (lib/options) is stated once: its words in the help, its reader, its type, and how the Result repeats it. Groups are read
// in the order in which they stand, but for data, which come `first`; the Result repeats them in that order. A reader sees what was read before
// it, and nothing compiles where a group that it needs is missing. The types of `seed` and `answer` come from the groups; functions of their own
// take `ValuesOf<typeof options>`. The help lists options by headings, in the order in which each heading first occurs; `help` moves groups to
// the front of it.
//
// Figures, claims and notes that depend on a condition are written `condition && …` (Cases).
//
// A question that an option asks instead (`gradients --cliff`) is an experiment of its own, without `describe` and with that option among its
// groups: `instead: { cliff }`. What needs no seeds is a `calculation`, with the same options and an `answer` alone. A test or another program
// asks with values: `await runSeeded(saturation.seeded({ cells, sequence, … }))`.

import type { Environment } from '../../options/environment.ts';
import type { Arguments, Group, Options, Places } from '../../options/option.ts';
import type { Claim, Figure, Json, Result } from '../../render/result.ts';
import type { Seeded, Watch } from './seeds.ts';

type Examples = readonly (readonly [command: string, says: string])[];

/** A list from which `condition && …` leaves out what is not the case. */
export type Cases<Of> = readonly (Of | false | undefined)[];

const kept = <Of>(cases: Cases<Of>): Of[] => cases.filter((one): one is Of => one !== false && one !== undefined);

/** What an experiment says, beside what its options were. */
interface Findings {
  /** In the place of the experiment's own question. */
  readonly question?: string | undefined;
  readonly figures: Cases<Figure>;
  readonly claims: Cases<Claim>;
  readonly notes: Cases<string>;
  readonly next?: Result['next'];
}

/** Where an option is not given its name may be missing too. */
type Settings<Values> = {
  readonly [Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & {
  readonly [Name in keyof Values as undefined extends Values[Name] ? Name : never]?: Values[Name];
};

/** What comes of groups of options: `type Options = ValuesOf<typeof options>`. */
export type ValuesOf<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends { read(...given: never): infer Value } ? Awaited<Value> : never;
};

type Groups<Values> = { readonly [Name in keyof Values]: Group<Values[Name], Values> };

interface Definition<Values> {
  /** Of the command, and in the Result. */
  readonly name: string;
  /** For the list of commands; absent where the experiment is an option of another one. */
  readonly describe?: string;
  /** Its place in that list; at the end, if absent. */
  readonly order?: number;
  readonly question: string;
  readonly examples?: Examples;
  readonly options: Groups<Values>;
  /** The groups that the help lists first, where that is not the order in which they are read. */
  readonly help?: readonly (keyof Values)[];
  /** Other questions: the experiment that an option of this name asks instead. */
  readonly instead?: Readonly<Record<string, Experiment>>;
  /** Throws InputError for options that do not go together. */
  check?(options: Values): void;
}

/** An experiment as a command line sees it: it has either seeds or, without any, a result. */
export interface Experiment {
  readonly name: string;
  /** Empty for one that is asked only in the place of another one. */
  readonly describe: string;
  readonly order: number;
  /** The name and its places: `gates [cells..]`. */
  readonly usage: string;
  readonly places: Places;
  readonly options: Options;
  readonly examples: Examples;
  readonly instead: Readonly<Record<string, Experiment>>;
  /** Throws InputError. */
  readonly seeds?: (args: Arguments, environment: Environment) => Promise<Seeded<unknown>>;
  readonly result?: (args: Arguments, environment: Environment) => Promise<Result>;
}

interface Runs {
  readonly seed: number;
  readonly seeds: number;
}

interface OverSeeds<Values extends Runs, Found> extends Definition<Values> {
  /** The clock is part of what is found. */
  readonly timed?: true;
  /** What the k-th seed, `options.seed + k`, finds: plain data. Undefined when it was told to stop before it had anything. */
  seed(options: Values, k: number, watch: Watch): Promise<Found | undefined>;
  /** Those that the answer is made of, where a seed may be left half done; all, if absent. */
  counted?(found: readonly Found[]): readonly Found[];
  /** `found` in the order of the seeds; `options.seeds` is how many there are, of so many that were asked for. */
  answer(found: readonly Found[], options: Values, asked: number): Findings;
}

/** What it is asked with, too. */
interface AskedOver<Values, Found> extends Seeded<Found> {
  readonly options: Values;
}

export function experiment<Values extends Runs, Found>(
  definition: OverSeeds<Values, Found>,
): Omit<Experiment, 'seeds'> & {
  readonly seeds: (args: Arguments, environment: Environment) => Promise<AskedOver<Values, Found>>;
  readonly seeded: (options: Settings<Values>) => AskedOver<Values, Found>;
} {
  const seeded = (settings: Settings<Values>): AskedOver<Values, Found> => {
    const options = settings as Values;
    definition.check?.(options);
    return {
      seeds: options.seeds,
      ...(definition.timed && { timed: true }),
      run: (k, watch) => definition.seed(options, k, watch),
      options,
      result: (all) => {
        const found = definition.counted?.(all) ?? all;
        const done = { ...options, seeds: found.length };
        return resultOf(definition, done, definition.answer(found, done, options.seeds));
      },
    };
  };
  const seeds = async (args: Arguments, environment: Environment) =>
    seeded(await valuesOf(definition, args, environment));
  return { ...commandOf(definition), seeds, seeded };
}

/** A question that is answered without seeds. */
export function calculation<Values>(
  definition: Definition<Values> & { answer(options: Values): Findings | Promise<Findings> },
): Experiment & { readonly answered: (options: Settings<Values>) => Promise<Result> } {
  const answered = async (settings: Settings<Values>): Promise<Result> => {
    const options = settings as Values;
    definition.check?.(options);
    return resultOf(definition, options, await definition.answer(options));
  };
  const result = async (args: Arguments, environment: Environment) =>
    answered(await valuesOf(definition, args, environment));
  return { ...commandOf(definition), result, answered };
}

const groupsOf = <Values>({ options }: Definition<Values>) =>
  Object.entries(options) as [keyof Values & string, Group<unknown, unknown>][];

async function valuesOf<Values>(definition: Definition<Values>, args: Arguments, environment: Environment) {
  const values: Record<string, unknown> = {};
  const inOrder = groupsOf(definition).sort(([, a], [, b]) => Number(b.first ?? false) - Number(a.first ?? false));
  for (const [name, group] of inOrder) values[name] = await group.read(args, values, environment);
  return values as Values & Settings<Values>;
}

function commandOf<Values>(definition: Definition<Values>) {
  const { name, describe = '', order = Number.POSITIVE_INFINITY, examples = [], instead = {}, help = [] } = definition;
  const listed = groupsOf(definition);
  const first = listed.filter(([key]) => help.includes(key)).sort(([a], [b]) => help.indexOf(a) - help.indexOf(b));
  const groups = [...first, ...listed.filter(([key]) => !help.includes(key))].map(([, each]) => each);
  const places: Places = Object.assign({}, ...groups.map((each) => each.places));
  // What another question has in common with this one stands where it stands here.
  const foreign = Object.values(instead).map(({ options }) => options);
  const own: Options = Object.assign({}, ...groups.map((each) => each.options));
  const usage = [name, ...Object.keys(places).map((place) => `[${place}]`)].join(' ');
  return { name, describe, order, usage, places, options: Object.assign({}, own, ...foreign, own), examples, instead };
}

function resultOf<Values>(definition: Definition<Values>, values: Values, answer: Findings): Result {
  const { name, question } = definition;
  const groups = groupsOf(definition).map(([key, each]) => ({ key, each, value: values[key] }));
  const options: { [name: string]: Json } = {};
  for (const { key, each, value } of groups)
    if (each.json !== undefined) Object.assign(options, each.json(value));
    else if (value !== undefined) options[key] = value as Json;
  return {
    unroll: 1,
    experiment: name,
    question: answer.question ?? question,
    options,
    seed: (values as Partial<Runs>).seed ?? 0,
    figures: kept(answer.figures),
    claims: kept(answer.claims),
    notes: [...groups.flatMap(({ each, value }) => each.notes?.(value) ?? []), ...kept(answer.notes)],
    ...(answer.next === undefined ? {} : { next: answer.next }),
  };
}
