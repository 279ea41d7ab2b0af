// Runs one submission in JavaScript, and knows nothing of what is expected of it: `node runner.mjs FILE`. Requests come in on descriptor 3,
// a line of JSON each, and are answered there, one by one. Stands alone: it is copied beside the submission. What it keeps and what it says
// of that goes through functions that were taken before the submission was loaded: none that it replaces is called.

import { readSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { stringify, parse } = JSON;
const { isArray } = Array;
const write = writeSync;
const { apply } = Reflect;
const { keys, is, getPrototypeOf, prototype: plainObject } = Object;
const { isFinite: isFiniteNumber } = Number;
const { isView } = ArrayBuffer;
const toText = String;
const toNumber = Number;
const View = DataView;
const channel = 3;
const longest = 1 << 20;
const deepest = 32;
/** More parts than a line can hold. */
const mostParts = 1 << 18;
const file = process.argv[2];
const place = pathToFileURL(file).href;
// As if the file had been started by itself, without words behind it.
process.argv = [process.argv[0], file];
const kept = { __proto__: null };
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
  for (let sent = 0; sent < bytes.length; ) sent += write(channel, bytes, sent);
}

/** JSON of whatever a function returned: numbers that JSON has no word for are tagged, what is neither number, word, list nor record is named. */
function written(value, depth = 0, seen = { parts: 0 }) {
  if (++seen.parts > mostParts) return '{"$other":"something too large, or in itself"}';
  if (typeof value === 'number') {
    if (is(value, -0)) return '-0.0';
    return isFiniteNumber(value) ? toText(value) : `{"$number":"${value}"}`;
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return stringify(value);
  if (value === undefined) return '{"$other":"undefined"}';
  if (typeof value !== 'object') return stringify({ $other: `a ${typeof value}` });
  if (depth === deepest) return '{"$other":"something nested too deep, or in itself"}';
  let text = '';
  if (isArray(value) || (isView(value) && !(value instanceof View))) {
    for (let i = 0; i < value.length && text.length < longest; i++)
      text += `${i === 0 ? '' : ','}${written(value[i], depth + 1, seen)}`;
    return `[${text}]`;
  }
  const names = keys(value);
  const prototype = getPrototypeOf(value);
  if (prototype !== plainObject && prototype !== null && names.length === 0)
    return stringify({
      $other: `a ${typeof value.next === 'function' ? 'generator' : prototype?.constructor?.name || 'thing'}`,
    });
  for (let i = 0; i < names.length && text.length < longest; i++)
    text += `${i === 0 ? '' : ','}${stringify(names[i])}:${written(value[names[i]], depth + 1, seen)}`;
  return `{${text}}`;
}

function read(line) {
  return parse(line, (_, value) =>
    value !== null && typeof value === 'object' && typeof value.$number === 'string' ? toNumber(value.$number) : value,
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
    const call = { given, result: undefined };
    if (keep !== undefined) kept[keep] = call;
    call.result = apply(student, undefined, given);
    return answer(call.result);
  },
  again: ({ keep, others }) => {
    const { given } = kept[keep];
    if (others === undefined) return answer(apply(student, undefined, given));
    for (let i = 0; i < others.length; i++) if (others[i] === null) others[i] = given[i];
    return answer(apply(student, undefined, others));
  },
  recall: ({ keep }) => answer(kept[keep].result),
  given: ({ keep }) => answer(kept[keep].given),
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
