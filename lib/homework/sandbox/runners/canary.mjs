// Tries, in the place of a submission, what a submission must not be able to do, and says on descriptor 3 what it could.
// The parent believes what it sees itself: the connection, the signal, the file.

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';

const { secret, outside, port, parent, forks } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

const read = attempt(() => readFileSync(secret, 'utf8')) ?? '';
attempt(() => writeFileSync(outside, 'written by the canary'));
attempt(() => process.kill(parent, 'SIGUSR1'));

/** As many processes at once as are wanted; null at the first that is refused. */
function swarm() {
  const processes = [];
  for (let i = 0; i < forks; i++) {
    const started = attempt(() => spawn('/bin/sleep', ['5'], { stdio: 'ignore' }).on('error', () => {}));
    if (started?.pid === undefined) break;
    processes.push(started);
  }
  for (const started of processes) started.kill('SIGKILL');
  return processes.length;
}
const forked = swarm();

await new Promise((resolve) => {
  const socket = attempt(() => connect({ port, host: '127.0.0.1' }));
  socket?.on('connect', resolve).on('error', resolve);
  setTimeout(resolve, socket === undefined ? 0 : 1000);
});
writeSync(3, `${JSON.stringify({ read, forked })}\n`);
process.exit(0);
