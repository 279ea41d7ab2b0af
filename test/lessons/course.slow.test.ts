// Every lesson that is shipped holds: `unroll lesson check` runs each of its blocks and looks every reference up.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { lessonPlaces } from '../../lib/lessons/course.ts';
import { program } from '../cli/run-unroll.ts';

/** A lesson runs for fewer seconds than this on one core, counted as time of the core and not of the clock. */
const longest = 20;

/** Says at the end, as a last line of standard error, how many microseconds the process computed in all its threads. */
const counting = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\n'+process.cpuUsage().user))`;

describe('the lessons of the course', () => {
  const places = lessonPlaces();

  it('are there, each with a number and a name of its own', () => {
    assert.ok(places.length > 0);
    assert.equal(new Set(places.map(({ id }) => id)).size, places.length);
    assert.equal(new Set(places.map(({ number }) => number)).size, places.length);
  });

  for (const { id } of places)
    it(`${id}: every block runs, every reference resolves, in less than ${longest} s`, () => {
      const line = ['--import', counting, program, 'lesson', 'check', '--only', id, '--width', '100'];
      const { status, stdout, stderr } = spawnSync(process.execPath, line, { encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, /every lesson holds: faults found +0/);
      const seconds = Number(stderr.split('\n').at(-1)) / 1e6;
      assert.ok(seconds > 0 && seconds < longest, `${seconds.toFixed(1)} s`);
    });
});
