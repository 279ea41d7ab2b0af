// Two Results as one, side by side: what can share a chart or a table does, and what cannot stands beside its like.

import type { Claim, Figure, LinesFigure, Result, Series, TableFigure } from './result.ts';

/** One of the two. */
export interface Side {
  /** What tells it from the other: `lstm`, `--forget-bias 0`. */
  readonly name: string;
  readonly result: Result;
}

/** `options` hold those of both sides, as `a` and `b`; claims are named `a.` and `b.`. */
export function compared(a: Side, b: Side): Result {
  const [first, second] = [a.result, b.result];
  const same = first.question === second.question;
  const { next } = first;
  return {
    unroll: 1,
    experiment: 'compare',
    question: same ? first.question : `${a.name}: ${first.question} ${b.name}: ${second.question}`,
    options: Object.fromEntries(
      [a, b].map(({ name, result: { experiment, seed, options } }, i) => [
        'ab'[i]!,
        { name, experiment, seed, options },
      ]),
    ),
    seed: first.seed,
    figures: figuresOf(a, b),
    claims: [...claimsOf(a, 'a'), ...claimsOf(b, 'b')],
    notes: [
      ...first.notes.map((note) => (second.notes.includes(note) ? note : told(note, a))),
      ...second.notes.filter((note) => !first.notes.includes(note)).map((note) => told(note, b)),
    ],
    ...(next === undefined ? {} : { next }),
  };
}

/** Whose it is, unless it begins with that. */
const told = (says: string, { name }: Side): string => (says.startsWith(`${name} `) ? says : `${name}: ${says}`);

const claimsOf = (side: Side, id: string): Claim[] =>
  side.result.claims.map((claim) => ({ ...claim, id: `${id}.${claim.id}`, says: told(claim.says, side) }));

/** In the order of the first; what only the second has comes last. */
function figuresOf(a: Side, b: Side): Figure[] {
  const left = [...b.result.figures];
  const figures: Figure[] = [];
  for (const mine of a.result.figures) {
    const like = left.filter((other) => alike(mine, other));
    const other = like.find(({ title }) => title === mine.title) ?? like[0];
    if (other === undefined) figures.push(named(mine, a));
    else {
      left.splice(left.indexOf(other), 1);
      figures.push(...together(mine, other, a, b));
    }
  }
  return [...figures, ...left.map((figure) => named(figure, b))];
}

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether two figures show the same kind of thing in the same way. */
function alike(one: Figure, other: Figure): boolean {
  if (one.kind === 'lines' && other.kind === 'lines')
    return sameJson({ ...one.x, values: [] }, { ...other.x, values: [] }) && sameJson(one.y, other.y);
  if (one.kind === 'heatmap' && other.kind === 'heatmap')
    return one.rows.label === other.rows.label && one.scale.kind === other.scale.kind && one.unit === other.unit;
  if (one.kind === 'bars' && other.kind === 'bars')
    return one.rows.label === other.rows.label && one.unit === other.unit;
  if (one.kind === 'table' && other.kind === 'table') return sameJson(one.columns, other.columns);
  return one.kind === other.kind;
}

function together(mine: Figure, other: Figure, a: Side, b: Side): Figure[] {
  if (mine.kind === 'table' && other.kind === 'table') return [joinedTable(mine, other, a, b)];
  if (mine.kind === 'lines' && other.kind === 'lines') {
    const merged = mergedLines(mine, other, a, b);
    if (merged !== undefined) return [merged];
  }
  const [left, right] = onOneScale(mine, other);
  return [named(left, a), { ...named(right, b), beside: true }];
}

const named = <F extends Figure>(figure: F, side: Side): F => ({
  ...figure,
  title: figure.title.startsWith(`${side.name}, `) ? figure.title : told(figure.title, side),
});

/** More curves in one chart are a thicket. */
const mostSeries = 6;

/** Undefined where one chart cannot show both: other things to compare with, steps of which neither contains the other's, too many. */
function mergedLines(mine: LinesFigure, other: LinesFigure, a: Side, b: Side): LinesFigure | undefined {
  const long = mine.x.values.length >= other.x.values.length ? mine : other;
  const within = [mine, other].every(({ x }) => x.values.every((value) => long.x.values.includes(value)));
  const count = mine.series.length + other.series.length;
  if (!within || count > mostSeries || !sameJson(mine.reference, other.reference)) return undefined;
  const settings = [...new Set([mine.settings, other.settings].filter((text) => text !== undefined))];
  return {
    ...mine,
    title: mine.title === other.title ? mine.title : `${a.name}: ${mine.title}; ${b.name}: ${other.title}`,
    ...(settings.length > 0 ? { settings: settings.join(' | ') } : {}),
    x: long.x,
    series: [...seriesOf(mine, long, a, other), ...seriesOf(other, long, b, mine)],
  };
}

function seriesOf({ x, series }: LinesFigure, long: LinesFigure, { name }: Side, beside: LinesFigure): Series[] {
  const places = long.x.values.map((value) => x.values.indexOf(value));
  const placed = (values: Series['values']) => places.map((at) => (at < 0 ? null : values[at]!));
  const [only] = beside.series;
  /** The side alone, where each has one line and they are of the same, or of what tells the sides apart. */
  const saysEnough = (one: Series): boolean =>
    series.length === 1 && (names(name, one.name) || (beside.series.length === 1 && only!.name === one.name));
  return series.map((one) => ({
    name: saysEnough(one) ? name : `${name}: ${one.name}`,
    values: placed(one.values),
    ...(one.band === undefined ? {} : { band: { low: placed(one.band.low), high: placed(one.band.high) } }),
  }));
}

/** Whether `lstm --forget-bias 0` names `lstm`. */
const names = (side: string, word: string): boolean => side.split(' ').includes(word);

/** A column says which side a row is of, unless the first does already; a column of cells that says no more than the side is left out. */
function joinedTable(mine: TableFigure, other: TableFigure, a: Side, b: Side): TableFigure {
  const sides = [
    { side: a, rows: mine.rows },
    { side: b, rows: other.rows },
  ];
  const says = sides.every(({ side, rows }) => rows.every(([first]) => first === side.name));
  const title = mine.title === other.title ? mine.title : `${a.name}: ${mine.title}; ${b.name}: ${other.title}`;
  if (says) return { ...mine, title, rows: sides.flatMap(({ rows }) => rows) };
  const firsts = new Set(sides.flatMap(({ rows }) => rows.map(([first]) => first)));
  const known = sides.every(({ side, rows }) =>
    rows.every(([first]) => typeof first === 'string' && names(side.name, first)),
  );
  const from = mine.columns.length > 1 && mine.columns[0]!.title === 'cell' && (firsts.size === 1 || known) ? 1 : 0;
  return {
    ...mine,
    title,
    columns: [{ title: 'side', align: 'left' }, ...mine.columns.slice(from)],
    rows: sides.flatMap(({ side, rows }) => rows.map((row) => [side.name, ...row.slice(from)])),
  };
}

/** The same shade, or the same length of a bar, is the same value in both. */
function onOneScale(mine: Figure, other: Figure): [Figure, Figure] {
  if (mine.kind === 'bars' && other.kind === 'bars') {
    const most = Math.max(mine.most, other.most);
    return [
      { ...mine, most },
      { ...other, most },
    ];
  }
  if (mine.kind !== 'heatmap' || other.kind !== 'heatmap') return [mine, other];
  const scale = {
    ...mine.scale,
    low: Math.min(mine.scale.low, other.scale.low),
    high: Math.max(mine.scale.high, other.scale.high),
  };
  return [
    { ...mine, scale },
    { ...other, scale },
  ];
}
