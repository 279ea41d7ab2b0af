// The report of a class as figures, for people: who has what, what is hard, what was left out, and what went wrong how often.

import { left, right } from '../../experiments/table-columns.ts';
import { counted } from '../../numbers/counted.ts';
import type { Figure, Result, TableFigure } from '../../render/result.ts';
import { leftOutSays } from '../grade/hand-ins.ts';
import { type ClassReport, type Graded, isWhole, type Total } from './class-report.ts';

/** More rows than these are counted only; JSON and CSV have all. */
const mostShown = 20;
const mostNamed = 3;

export function classResult(report: ClassReport): Result {
  const { exercises, students, seed, shard, misconceptions, leftOut, graded } = report;
  const settings = [counted(students.length, 'student'), counted(exercises.length, 'exercise'), `seed ${seed}`];
  const several = graded.filter(({ beside }) => beside.length > 0);
  return {
    unroll: 1,
    experiment: 'homework grade',
    question:
      shard === undefined ? 'How did the class do?' : `How did part ${shard.part} of ${shard.of} of the class do?`,
    options: {},
    seed,
    figures: [
      studentsTable(report),
      exercisesTable(report),
      ...(several.length > 0 ? [severalTable(several)] : []),
      ...(leftOut.length > 0 ? [leftOutTable(report)] : []),
      ...(misconceptions.length > 0 ? histogram(report, settings.join(' · ')) : []),
    ],
    claims: [],
    notes: notesOf(report),
    ...nextOf(report),
  };
}

function studentsTable(report: ClassReport): TableFigure {
  const { graded, totals } = report;
  const weak = graded.some(({ weakIsolation }) => weakIsolation);
  // In what is not whole there are students with nothing in it.
  const shown = isWhole(report)
    ? totals
    : totals.filter(({ student }) => graded.some((one) => one.student === student));
  return {
    kind: 'table',
    title: '',
    columns: [...left('student'), ...right('points'), ...left('not passed'), ...(weak ? left('isolation') : [])],
    rows: shown.map((total) => {
      const own = graded.filter(({ student }) => student === total.student);
      return [
        total.student,
        `${total.points} of ${total.of}`,
        notPassed(total, own),
        ...(weak ? [isolationOf(own)] : []),
      ];
    }),
  };
}

const notPassed = ({ missing }: Total, own: readonly Graded[]): string =>
  [
    ...own
      .filter(({ report }) => report.status !== 'pass')
      .map(({ exercise, report: { status, points, of } }) =>
        status === 'fail'
          ? `${exercise} ${points} of ${of}`
          : `${exercise} ${status === 'internal' ? 'not graded' : status}`,
      ),
    ...missing.map((exercise) => `${exercise} missing`),
  ].join(', ');

/** What every row below level 3 is stamped with. */
const weakStamp = ({ weakIsolation, report }: Pick<Graded, 'weakIsolation' | 'report'>): string =>
  `L${report.isolation.level}${weakIsolation ? ' weak' : ''}`;

const isolationOf = (own: readonly Graded[]): string => [...new Set(own.map(weakStamp))].sort().join(', ');

function exercisesTable({ counts, exercises }: ClassReport): TableFigure {
  return {
    kind: 'table',
    title: '',
    columns: [...left('exercise'), ...right('handed in', 'passed', 'mean points', 'of')],
    rows: counts.map(({ exercise, handedIn, passed, meanPoints }) => [
      exercise,
      handedIn,
      passed,
      meanPoints,
      exercises.find(({ id }) => id === exercise)?.points ?? null,
    ]),
  };
}

function severalTable(several: readonly Graded[]): TableFigure {
  return {
    kind: 'table',
    title:
      'Several files for one exercise: the highest number in a name counts, then the last name. The others were not run.',
    columns: [...left('counts', 'does not count')],
    rows: several.map(({ file, beside }) => [file, someOf(beside.map((one) => one.file))]),
  };
}

function leftOutTable({ leftOut, exercises }: ClassReport): TableFigure {
  const ids = exercises.map(({ id }) => id);
  const more = leftOut.length - mostShown;
  return {
    kind: 'table',
    title: `Not graded: ${counted(leftOut.length, 'file')}.`,
    columns: [...left('file', 'why')],
    rows: [
      ...leftOut.slice(0, mostShown).map((one) => [one.file, leftOutSays(one, ids)]),
      ...(more > 0 ? [[`and ${more} more`, '--format json has all']] : []),
    ],
  };
}

function histogram({ misconceptions, exercises }: ClassReport, settings: string): Figure[] {
  const shown = misconceptions.slice(0, mostShown);
  const nameOf = ({ says, exercise }: (typeof shown)[number]): string =>
    exercise === undefined || exercises.length === 1 ? says : `${exercise}: ${says}`;
  const areMore = misconceptions.length > shown.length;
  return [
    {
      kind: 'bars',
      title: `What went wrong, and how often?${areMore ? ` The ${mostShown} most frequent of ${misconceptions.length}.` : ''}`,
      settings,
      rows: { label: 'mistake', names: shown.map(nameOf) },
      values: shown.map(({ count }) => count),
      most: Math.max(...shown.map(({ count }) => count)),
      whole: true,
    },
    {
      kind: 'table',
      title: '',
      columns: [...left('mistake', 'who')],
      rows: shown.map((one) => [nameOf(one), someOf(one.students)]),
    },
  ];
}

function someOf(students: readonly string[]): string {
  const more = students.length - mostNamed;
  const named = students.slice(0, mostNamed).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

function notesOf({ graded, shard, unfinished, misconceptions }: ClassReport): string[] {
  const weak = graded.filter(({ weakIsolation }) => weakIsolation);
  const ours = graded.filter(({ report }) => report.status === 'internal');
  const isolations = [...new Set(graded.map(({ report }) => `L${report.isolation.level}: ${report.isolation.says}`))];
  return [
    ...(unfinished === undefined
      ? []
      : [`Interrupted: ${counted(unfinished, 'piece')} of work ${unfinished === 1 ? 'is' : 'are'} not in this.`]),
    ...(weak.length > 0
      ? [
          `Weak isolation: a submission could have forged the verdict of ${weak.length} of ${graded.length} pieces of work.`,
        ]
      : []),
    ...(ours.length > 0
      ? [
          `${counted(ours.length, 'piece')} of work could not be graded through a fault of the tool, and has no points yet: run it again.`,
        ]
      : []),
    ...(graded.length > 0 && misconceptions.length === 0 ? ['Nothing went wrong.'] : []),
    ...isolations.sort(),
    ...(shard === undefined ? [] : ['A part: unroll homework grade merge puts the parts together.']),
  ];
}

/** A command to copy, so of a file whose name is a word to every shell. */
function nextOf({ graded, seed }: ClassReport): Pick<Result, 'next'> {
  const one = graded.find(({ file, report }) => report.status === 'fail' && /^[\w./][\w./-]*$/.test(file));
  if (one === undefined) return {};
  const command = `unroll homework check ${one.exercise} ${one.file} --seed ${seed}`;
  return { next: { says: 'What one of them is told, in the folder of the class:', command } };
}
