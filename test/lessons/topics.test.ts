// lessons/TOPICS.md says what is taught where. Here it is held against the lessons themselves, in both directions.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commands } from '../../lib/cli/commands.ts';
import { exerciseNamed } from '../../lib/homework/catalogue.ts';
import { lessonAt, lessonPlaces, lessonsFolder } from '../../lib/lessons/course.ts';
import type { Lesson, LessonPart } from '../../lib/lessons/lesson.ts';

interface Topic {
  readonly topic: string;
  readonly lesson: string;
  readonly experiments: readonly string[];
  readonly exercises: readonly string[];
}

/** `a, b` or none: `-`, `none`, nothing. */
const listed = (text: string): string[] => text.match(/[a-z][a-z0-9-]*/g)?.filter((word) => word !== 'none') ?? [];

const topics: readonly Topic[] = readFileSync(join(lessonsFolder(), 'TOPICS.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|\s*(topic\b|-)/.test(line))
  .map((line) => {
    const [topic, lesson, experiments, exercises] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()) as [string, string, string, string];
    return { topic: topic.split(':')[0]!, lesson, experiments: listed(experiments), exercises: listed(exercises) };
  });

const lessons = new Map<string, Lesson>();
for (const place of lessonPlaces()) lessons.set(place.id, await lessonAt(place));

/** The command lines of a part: those that it runs, and those that its prose says. */
function linesOf(part: LessonPart): readonly string[] {
  if (part.kind === 'run') return [part.command];
  if (part.kind === 'cell') return part.command === undefined ? [] : [part.command];
  if (part.kind === 'predict') return [part.run.command];
  return part.kind === 'prose'
    ? (JSON.stringify(part.nodes).match(/unroll [a-z]+/g) ?? []).map((line) => line.slice(7))
    : [];
}

const experimentsOf = ({ parts }: Lesson): Set<string> =>
  new Set(parts.flatMap(linesOf).map((line) => line.split(/\s/)[0]!));
const exercisesOf = ({ parts }: Lesson): Set<string> =>
  new Set(parts.flatMap((part) => (part.kind === 'exercise' ? [part.exercise] : [])));

describe('lessons/TOPICS.md', () => {
  it('has a row for every topic that a lesson teaches, and that row names the lesson', () => {
    for (const [id, { teaches }] of lessons)
      for (const topic of teaches)
        assert.ok(
          topics.some((row) => row.topic === topic && row.lesson === id),
          `${id} teaches ${topic}; no row says so`,
        );
  });

  it('has no row that its lesson knows nothing of', () => {
    for (const { topic, lesson } of topics) {
      assert.ok(lessons.has(lesson), `${topic}: there is no lesson ${lesson}`);
      assert.ok(lessons.get(lesson)!.teaches.includes(topic), `${lesson} does not teach ${topic}`);
    }
  });

  it('has each topic once', () => {
    const names = topics.map(({ topic }) => topic);
    assert.deepEqual([...new Set(names)], names);
  });

  it('names experiments that are commands and that the lesson runs', () => {
    const known = commands.map(({ usage }) => usage.split(' ')[0]!);
    for (const { topic, lesson, experiments } of topics) {
      assert.ok(experiments.length > 0, `${topic} has no experiment`);
      for (const experiment of experiments) {
        assert.ok(known.includes(experiment), `${topic}: there is no command ${experiment}`);
        assert.ok(experimentsOf(lessons.get(lesson)!).has(experiment), `${lesson} does not run ${experiment}`);
      }
    }
  });

  it('names just the exercises that the lesson sets', () => {
    for (const [id, lesson] of lessons) {
      const named = new Set(topics.filter((row) => row.lesson === id).flatMap(({ exercises }) => exercises));
      assert.deepEqual([...named].sort(), [...exercisesOf(lesson)].sort(), id);
      for (const exercise of named) assert.ok(exerciseNamed(exercise) !== undefined, exercise);
    }
  });
});
