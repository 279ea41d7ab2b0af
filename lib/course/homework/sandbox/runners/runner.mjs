// Runs one submission in JavaScript, and knows nothing of what is expected of it: `node runner.mjs FILE`. Requests come in on descriptor 3,
// a line of JSON each, and are answered there, one by one. Stands alone: it is copied beside the submission.

import { readSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { stringify, parse } = JSON;
const { isArray } = Array;
const channel = 3;
const longest = 1 << 20;
const deepest = 32;
/** More parts than a line can hold. */
const mostParts = 1 << 18;
const file = process.argv[2];
const place = pathToFileURL(file).href;
// As if the file had been started by itself, without words behind it.
process.argv = [process.argv[0], file];
const kept = new Map();
let student;
let leaving = false;

// What is printed goes out at once, as in Python, and does not pile up in memory until the program takes a breath.
for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);

let unread = Buffer.alloc(0);
const chunk = Buffer.alloc(1 << 16);
/** The next line, or undefined when there will be none. */
function nextLine() {
  for (;;) {
    const end = unread.indexOf(10);
    if (end >= 0) {
      const line = unread.toString('utf8', 0, end);
      unread = unread.subarray(end + 1);
      return line;
    }
    const count = readSync(channel, chunk);
    if (count === 0) return undefined;
    unread = Buffer.concat([unread, chunk.subarray(0, count)]);
  }
}

function say(line) {
  const bytes = Buffer.from(`${line}\n`);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(channel, bytes, sent);
}

/** JSON of whatever a function returned: numbers that JSON has no word for are tagged, what is neither number, word, list nor record is named. */
function written(value, depth = 0, seen = { parts: 0 }) {
  if (++seen.parts > mostParts) return '{"$other":"something too large, or in itself"}';
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0.0';
    return Number.isFinite(value) ? String(value) : `{"$number":"${value}"}`;
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return stringify(value);
  if (value === undefined) return '{"$other":"undefined"}';
  if (typeof value !== 'object') return stringify({ $other: `a ${typeof value}` });
  if (depth === deepest) return '{"$other":"something nested too deep, or in itself"}';
  const below = (entry) => written(entry, depth + 1, seen);
  if (isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return `[${Array.from(value, below).join()}]`;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.keys(value).length === 0)
    return stringify({
      $other: `a ${typeof value.next === 'function' ? 'generator' : prototype?.constructor?.name || 'thing'}`,
    });
  return `{${Object.entries(value).map(([name, entry]) => `${stringify(name)}:${below(entry)}`)}}`;
}

function read(line) {
  return parse(line, (_, value) =>
    value !== null && typeof value === 'object' && typeof value.$number === 'string' ? Number(value.$number) : value,
  );
}

/** The entry of a stack that is in the student's file: it was running. */
const entryOf = (stack) =>
  stack.split('\n').find((entry) => /^\s+at /.test(entry) && (entry.includes(place) || entry.includes(file)));

/** Of an exception: its name, its message, and the line of the student's file that it came from. */
function raisedBy(error) {
  try {
    return described(error);
  } catch {
    // What is thrown may itself raise when it is read.
    return { name: 'Error', message: 'threw something that cannot be read' };
  }
}

function described(error) {
  if (error === null || typeof error !== 'object') return { name: 'Error', message: `threw ${String(error)}` };
  const stack = String(error.stack ?? '');
  const at = entryOf(stack);
  const heading = stack.startsWith(file) ? stack.slice(file.length) : '';
  const line = /^:(\d+)/.exec(heading)?.[1] ?? /:(\d+):\d+\)?$/.exec(at ?? '')?.[1];
  return {
    name: String(error.name ?? 'Error').slice(0, 200),
    message: String(error.message ?? '').slice(0, 4000),
    ...(line === undefined ? {} : { line: Number(line) }),
  };
}

const answer = (value) => {
  if (value !== null && typeof value === 'object' && typeof value.then === 'function') {
    value.then(undefined, () => {});
    return '"promise":true';
  }
  return `"value":${written(value)}`;
};

const asked = {
  load: async ({ functions }) => {
    let module;
    try {
      module = await import(place);
    } catch (error) {
      const raised = raisedBy(error);
      // Of a module that does not parse, only Node itself says which line it was, when nobody catches the error: as its last words.
      const isUnread = error instanceof SyntaxError && entryOf(String(error.stack ?? '')) === undefined;
      const last = isUnread && raised.line === undefined;
      if (last) setImmediate(() => Promise.reject(error));
      const isMissing =
        String(error?.code).endsWith('MODULE_NOT_FOUND') || raised.message.includes('does not provide an export');
      const kind = isMissing ? 'import' : isUnread ? 'syntax' : 'load';
      leaving = last;
      return `"failed":${stringify({ kind, raised, last })}`;
    }
    const fallback = module.default !== null && typeof module.default === 'object' ? module.default : {};
    const all = { ...fallback, ...module };
    const name = functions.find((wanted) => Object.hasOwn(all, wanted));
    student = all[name];
    if (typeof student === 'function') return `"loaded":{}`;
    const found = Object.keys(all).filter(
      (key) => typeof all[key] === 'function' && key !== 'default' && key !== 'module.exports',
    );
    const instead =
      name !== undefined ? 'not-a-function' : typeof module.default === 'function' ? 'default' : undefined;
    return `"none":${stringify({ found: found.slice(0, 50), instead })}`;
  },
  call: ({ arguments: given, keep }) => {
    const call = { given };
    if (keep !== undefined) kept.set(keep, call);
    call.result = student(...given);
    return answer(call.result);
  },
  again: ({ keep }) => answer(student(...kept.get(keep).given)),
  recall: ({ keep }) => answer(kept.get(keep).result),
  given: ({ keep }) => answer(kept.get(keep).given),
  end: () => '"value":null',
};

for (let line = nextLine(); line !== undefined; line = nextLine()) {
  const question = read(line);
  let body;
  try {
    body = asked[question.ask](question);
    if (typeof body !== 'string') body = await body;
  } catch (error) {
    body = `"threw":${stringify(raisedBy(error))}`;
  }
  if (body.length > longest - 100) body = `"long":${body.length}`;
  say(`{"id":${stringify(question.id)},${body}}`);
  if (leaving) break;
}
