// Options that hold numbers, read from what was typed, so that a message can quote it.

import { InputError } from '../equations/input-error.ts';

/** What yargs gives for an option of type string: an array when it stands twice. */
export type Typed = string | readonly string[] | undefined;

/** One value. Throws InputError when the option stands twice. */
export function once(option: string, typed: Typed): string | undefined {
  if (typed === undefined || typeof typed === 'string') return typed;
  throw new InputError(option, `${option} is given ${typed.length} times.`, {
    expected: 'one value',
    got: typed.join(' and '),
    fix: 'take all but one out',
  });
}

/** A number as it is written in decimal digits, blanks around it or not; NaN for anything else: `0x10`, `1_000`, nothing. */
export const decimal = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;

/** A whole number within bounds, or undefined when the option is not given. Throws InputError. */
export function wholeNumber(option: string, typed: Typed, low: number, high: number, why?: string): number | undefined {
  const text = once(option, typed);
  if (text === undefined) return undefined;
  const plain = /^[+-]?\d+$/.test(text.trim());
  const value = decimal(text);
  if (plain && value >= low && value <= high) return value;
  // What is too large is so however it is written: 1e9.
  const tooLarge = value > high;
  const unread = Number.isInteger(Number(text)) && text.trim() !== '' ? 'in decimal digits' : 'a whole number';
  throw new InputError(
    option,
    plain || tooLarge ? `${option} ${text} is too ${tooLarge ? 'large' : 'small'}.` : `\`${text}\` is not ${unread}.`,
    {
      expected: `a whole number from ${low} to ${high}`,
      got: text,
      fix: tooLarge && why !== undefined ? why : `write, for instance, ${option} ${forInstance(text, low, high)}`,
    },
  );
}

/** What was meant, where that can be told: 1e2 is 100, 1e9 the largest there is. */
function forInstance(text: string, low: number, high: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Math.min(high, Math.max(low, Number.isInteger(value) ? value : 16));
}

/** A number within bounds. Throws InputError. */
export function realNumber(option: string, typed: Typed, low: number, high: number): number | undefined {
  const text = once(option, typed);
  return text === undefined ? undefined : within(option, text, low, high);
}

/** Numbers separated by commas, at least one. Throws InputError. */
export const numberList = (option: string, typed: Typed, low: number, high: number): number[] | undefined =>
  parts(option, typed)?.map((part) => within(option, part, low, high));

/** Whole numbers separated by commas, at least one. Throws InputError. */
export const wholeNumberList = (option: string, typed: Typed, low: number, high: number): number[] | undefined =>
  parts(option, typed)?.map((part) => wholeNumber(option, part, low, high)!);

function parts(option: string, typed: Typed): string[] | undefined {
  const text = once(option, typed);
  if (text !== undefined && /[\d.]\s*;\s*[-+.\d]|[\d.]\s+[-+.\d]/.test(text))
    throw new InputError(option, `The numbers of ${option} are not separated by commas.`, {
      expected: 'numbers with commas between them',
      got: text.trim(),
      fix: `write  ${option} ${text.trim().replace(/\s*[;,]\s*|\s+/g, ',')}`,
    });
  return text?.split(',');
}

function within(option: string, text: string, low: number, high: number): number {
  const value = decimal(text);
  if (value >= low && value <= high && Number.isFinite(value)) return value;
  throw new InputError(
    option,
    !Number.isNaN(value) ? `${text.trim()} is out of range.` : `\`${text.trim()}\` is not a number.`,
    {
      expected: `a number from ${low} to ${high}`,
      got: text.trim() === '' ? 'nothing' : text.trim(),
      fix: `write, for instance, ${option} ${Math.min(high, Math.max(low, 1))}`,
    },
  );
}
