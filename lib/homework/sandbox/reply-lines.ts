// A line each way between the checker and a submission. What comes back is untrusted: every line is either a reply to the
// question that is open, or a violation.

import { Foreign, type Value } from '../value.ts';

/** Bytes of one line at most, either way. */
export const longestLine = 1024 * 1024;
/** Lists in lists that are read at most. */
const deepest = 64;

/** JSON of what the checker sends. −0 is written as JSON can read it, what JSON has no word for is tagged. */
export function written(value: Value | null | undefined): string {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0.0';
    return Number.isFinite(value) ? String(value) : `{"$number":"${value}"}`;
  }
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}:${written(entry)}`)}}`;
}

/** What a line of a submission says. */
export type ProtocolLine =
  | { readonly kind: 'said'; readonly word: string; readonly body: unknown }
  | { readonly kind: 'violation'; readonly code: 'wrong-id' | 'malformed' | 'second-reply' };

/**
 * Reads `{"id": …, "word": body}` as the answer to the question `id`, undefined when none is open; `spent` are the ids of those that
 * have been answered. Pure, and throws for no bytes whatsoever.
 */
export function readLine(bytes: Uint8Array, id: string | undefined, spent: ReadonlySet<string>): ProtocolLine {
  const violation = (code: Extract<ProtocolLine, { kind: 'violation' }>['code']): ProtocolLine => ({
    kind: 'violation',
    code,
  });
  const parsed = parse(bytes);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return violation('malformed');
  const keys = Object.keys(parsed);
  const word = keys.find((key) => key !== 'id');
  if (keys.length !== 2 || word === undefined || !Object.hasOwn(parsed, 'id')) return violation('malformed');
  const { id: given, [word]: body } = parsed as Record<string, unknown>;
  if (typeof given !== 'string') return violation('malformed');
  if (given !== id) return violation(spent.has(given) ? 'second-reply' : 'wrong-id');
  return { kind: 'said', word, body: untagged(body, 0) };
}

/** Whether a line that may be a print is meant as a reply: a record with an id, whatever else is wrong with it. */
export function looksLikeReply(line: Uint8Array): boolean {
  const text = new TextDecoder().decode(line).trim();
  return /^\{\s*"id"\s*:/.test(text) || (text.startsWith('{') && text.endsWith('}') && /"id"\s*:/.test(text));
}

/** Undefined: it is no JSON. Bare NaN and Infinity, which Python and others write, are read as what they are. */
function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('NaN') || text.includes('Infinity') ? JSON.parse(tagged(text)) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Words and names are stepped over whole. */
const tagged = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\[\s\S]?)*"?|-?\b(?:NaN|Infinity)\b/g, (part) =>
    part.startsWith('"') ? part : `{"$number":"${part === '-NaN' ? 'NaN' : part}"}`,
  );

const numbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

function untagged(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return new Foreign('something nested too deep');
  if (Array.isArray(value)) return value.map((entry) => untagged(entry, depth + 1));
  const [first, ...more] = Object.entries(value);
  if (first !== undefined && more.length === 0 && typeof first[1] === 'string') {
    const [key, word] = first;
    if (key === '$number' && Object.hasOwn(numbers, word)) return numbers[word];
    if (key === '$other') return word === 'undefined' ? undefined : new Foreign(word.slice(0, 100));
  }
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, untagged(entry, depth + 1)]));
}
