// The parts of a class into one report: the same as if one run had graded all. What does not belong together is refused.

import { InputError } from '../../equations/input-error.ts';
import { byRow, type ClassReport, classReport } from './class-report.ts';

export interface Named {
  /** The file's, for messages. */
  readonly name: string;
  readonly report: ClassReport;
}

/** Throws InputError when the parts are of different classes, seeds or versions, or when one is missing or there twice. */
export function merged(parts: readonly Named[]): ClassReport {
  const first = parts[0]!;
  for (const part of parts) checkFinished(part);
  for (const part of parts) checkAlike(first, part);
  checkWhole(parts);
  const { version, seed, roll, exercises, students, leftOut } = first.report;
  const graded = parts.flatMap(({ report }) => report.graded).sort(byRow(exercises));
  return classReport({ version, seed, roll, exercises, students, graded, leftOut });
}

function checkFinished({ name, report: { unfinished } }: Named): void {
  if (unfinished !== undefined)
    throw new InputError(name, `${name} was interrupted: work is missing in it.`, {
      expected: 'a report that was finished',
      got: `${unfinished} not graded`,
      fix: 'grade that part again',
    });
}

const alike = {
  roll: 'the class: the folder has changed between them, or it is another',
  seed: 'the seed, so that they were asked different things',
  version: 'the version of unroll',
} as const;

function checkAlike(first: Named, other: Named): void {
  for (const [key, says] of Object.entries(alike) as [keyof typeof alike, string][])
    if (first.report[key] !== other.report[key])
      throw new InputError(other.name, `${other.name} and ${first.name} differ in ${says}.`, {
        expected: String(first.report[key]),
        got: String(other.report[key]),
        fix: 'grade the parts of one folder with one --seed',
      });
}

function checkWhole(parts: readonly Named[]): void {
  const of = parts[0]!.report.shard?.of ?? 1;
  const place = ({ report: { shard } }: Named): string =>
    shard === undefined ? 'the whole' : `${shard.part}/${shard.of}`;
  const known = new Map<string, string>();
  for (const part of parts) {
    const twice = known.get(place(part));
    if (twice !== undefined || (part.report.shard?.of ?? 1) !== of)
      throw new InputError(
        part.name,
        twice === undefined
          ? `${part.name} is ${place(part)}, and ${parts[0]!.name} is ${place(parts[0]!)}.`
          : `${part.name} is ${place(part)}, and so is ${twice}.`,
        { expected: 'each part once', got: place(part), fix: 'name the reports of one division' },
      );
    known.set(place(part), part.name);
  }
  const missing = Array.from({ length: of }, (_, i) => `${i + 1}/${of}`).filter((part) => !known.has(part));
  if (of > 1 && missing.length > 0)
    throw new InputError(
      'merge',
      `Of the parts, ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      {
        expected: `${of} reports`,
        got: String(parts.length),
        fix: `grade what is missing:  unroll homework grade DIR --shard ${missing[0]} …`,
      },
    );
}
