// The processes below one process, from /proc: what a submission left behind, wherever it went, since whoever watches is their
// subreaper (prctl(2)).

import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All that run on this machine and are not yet dead. */
function running(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        // The name in parentheses may contain anything.
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

/** Children of `pid`, their children, and so on. */
export function below(pid: number): Process[] {
  const all = running();
  const found: Process[] = [];
  const parents = new Set([pid]);
  for (let before = -1; before < found.length; ) {
    before = found.length;
    for (const process of all)
      if (parents.has(process.parent) && !parents.has(process.pid)) {
        parents.add(process.pid);
        found.push(process);
      }
  }
  return found;
}
