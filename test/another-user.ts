// What somebody else on this machine may do: as root a test asks as the user that submissions are dropped to.

import { spawnSync } from 'node:child_process';

/** The user and group to ask as; none where we are nobody in particular already. */
export const anotherUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Why a test that asks as another user cannot: the checkout may lie in a folder that root alone can enter. */
export function unreadable(path: string): string | false {
  const { status } = spawnSync(
    process.execPath,
    ['-e', `require('fs').accessSync(${JSON.stringify(path)})`],
    anotherUser,
  );
  return status === 0
    ? false
    : 'this checkout lies in a folder that nobody but root can enter, so nobody else can be asked';
}
