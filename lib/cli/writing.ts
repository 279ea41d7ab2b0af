// The one writer: a file whole or not at all, through links, with its mode; and the reason where that fails.

import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../equations/input-error.ts';

type Content = string | Uint8Array;

/** All that can be wrong with a file to be written, before the work is done. Throws InputError. */
export function checkTarget(option: string, path: string, force: boolean): void {
  guarded(option, path, () => {
    const { real, there } = targetOf(path);
    if (standardStream(there) !== undefined) return;
    if (there === undefined) return accessSync(dirname(real), constants.W_OK);
    accessSync(real, constants.W_OK);
    if (!there.isFile()) return;
    if (!force) throw taken(option, path);
    accessSync(dirname(real), constants.W_OK);
  });
}

/** Throws InputError where two options name one file, also through a link: the second would replace what the first has written. */
export function checkApart(options: string, one: string, other: string): void {
  if (guarded(options, one, () => targetOf(one).real !== targetOf(other).real)) return;
  throw new InputError(options, `Both ${options} name ${one}.`, { fix: 'choose two different names' });
}

/** Throws InputError: then a file that was there is as it was. Returns whether a file was written, and not a standard stream. */
export function writeFile(option: string, path: string, content: Content, force: boolean): boolean {
  checkTarget(option, path, force);
  return guarded(option, path, () => {
    const { real, there } = targetOf(path);
    const stream = standardStream(there);
    if (stream !== undefined) stream.write(content);
    else if (there === undefined || there.isFile()) replace(real, content, there);
    else writeThrough(real, content);
    return stream === undefined;
  });
}

/** With the folders around it; nothing where it is there already. Throws InputError. */
export function makeFolder(option: string, path: string): void {
  guarded(option, path, () => mkdirSync(path, { recursive: true }));
}

/** Whether it is, or will be, an ordinary file, and nothing that leads to a device, a pipe or a standard stream. */
export function isOrdinary(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there === undefined || (there.isFile() && standardStream(there) === undefined);
}

/** All of it: a disk that fills up takes a part first and says so only at the next write. Throws the error of node:fs. */
export function writeAll(file: number, content: Content): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; )
    try {
      at += writeSync(file, bytes, at);
    } catch (error) {
      // A pipe that does not block and is full.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
}

const reasons: Readonly<Record<string, readonly [why: string, fix: string]>> = {
  EACCES: ['permission denied', 'choose a file and a folder that you can write to'],
  EBUSY: ['another program is using it', 'choose another name'],
  EDQUOT: ['your disk quota is used up', 'free some space, or write elsewhere'],
  EFBIG: ['it exceeds the limit on file size', 'raise the limit (ulimit -f), or write elsewhere'],
  EIO: ['the disk or the terminal reports an error', 'write elsewhere'],
  EISDIR: ['it is a folder', 'give the name of a file'],
  EEXIST: ['a file of that name exists', 'choose another name'],
  ELOOP: ['its symbolic links form a loop', 'give the file itself'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
  ENOSPC: ['the disk is full', 'free some space, or write elsewhere'],
  ENOTDIR: ['a part of its path is not a folder', 'check the path'],
  ENXIO: ['no process reads from it', 'start the reader first, or give the name of a file'],
  EPERM: ['its owner or mode could not be preserved', 'choose another name'],
  EPIPE: ['the process that read from it has ended', 'start it again, or give the name of a file'],
  EROFS: ['the file system is read-only', 'write elsewhere'],
};

/** Why something could not be written, and what to do. */
export function reasonOf(error: unknown): { readonly why: string; readonly fix: string } {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const [why, fix] = reasons[code] ?? ['', 'check the path'];
  return { why: why === '' ? code : `${why} (${code})`, fix };
}

function guarded<Of>(option: string, path: string, write: () => Of): Of {
  try {
    return write();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { why, fix } = reasonOf(error);
    const noFolder = (error as NodeJS.ErrnoException).code === 'ENOENT' && path !== '';
    throw new InputError(
      option,
      path === ''
        ? `${option} takes the name of a file.`
        : noFolder
          ? `The folder of ${path} does not exist.`
          : `${path} cannot be written: ${why}.`,
      { fix },
    );
  }
}

const taken = (option: string, path: string): InputError =>
  new InputError(option, `${path} already exists.`, {
    expected: 'a new name',
    got: path,
    fix: 'choose another name, or replace it with --force',
  });

/** Where the links of a path lead to, and what is there: undefined where nothing exists yet, also for a dangling link. */
function targetOf(path: string): { readonly real: string; readonly there: Stats | undefined } {
  if (/[/\\]$/.test(path)) throw Object.assign(new Error(path), { code: 'EISDIR' });
  for (let real = path, links = 0; links < 40; links++) {
    const there = statSync(real, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' });
    // A device is written to under its own name: /dev/fd may lead to a pipe, which has none.
    if (there !== undefined) return { real: there.isFile() ? realpathSync(real) : real, there };
    const folder = realpathSync(dirname(real));
    const link = linkAt(real);
    if (link === undefined) return { real: join(folder, basename(real)), there };
    real = resolve(folder, link);
  }
  throw Object.assign(new Error(path), { code: 'ELOOP' });
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** /dev/stdout, /dev/fd/2, and a file that standard output is directed to: opened again, it would be written from its beginning. */
function standardStream(there: Stats | undefined): NodeJS.WriteStream | undefined {
  if (there === undefined) return undefined;
  const isAt = (file: number): boolean => {
    try {
      const { dev, ino } = fstatSync(file);
      return dev === there.dev && ino === there.ino;
    } catch {
      return false;
    }
  };
  return isAt(1) ? process.stdout : isAt(2) ? process.stderr : undefined;
}

/** Beside the file first, then under its name, so that nothing is half-written. */
function replace(path: string, content: Content, there: Stats | undefined): void {
  const partial = join(dirname(path), `${basename(path).slice(0, 40)}.${process.pid}.part`);
  const file = openSync(partial, 'wx', there === undefined ? 0o666 : 0o600);
  try {
    try {
      if (there !== undefined) keepOwnerAndMode(file, there);
      writeFileSync(file, content);
      // Some disks tell only then that they are full.
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function keepOwnerAndMode(file: number, there: Stats): void {
  const made = fstatSync(file);
  if (made.uid !== there.uid || made.gid !== there.gid) fchownSync(file, there.uid, there.gid);
  if (made.mode !== there.mode) fchmodSync(file, there.mode & 0o7777);
}

/** To a pipe or a device, which is never replaced. A pipe that nothing reads is an error: waiting for a reader would have no end. */
function writeThrough(path: string, content: Content): void {
  const there = statSync(path);
  if (!there.isFIFO() && !there.isCharacterDevice()) throw Object.assign(new Error(path), { code: 'ENXIO' });
  const file = openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  try {
    writeAll(file, content);
  } finally {
    closeSync(file);
  }
}

/** How many columns there are where --width does not say: those of the terminal, else what COLUMNS says, from 24 on; undefined where nothing says it. */
export function columnsThere(
  stream: { readonly columns?: number } = process.stdout,
  env = process.env,
): number | undefined {
  if (stream.columns !== undefined) return stream.columns;
  const told = /^\d{2,3}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  return told >= 24 ? told : undefined;
}
