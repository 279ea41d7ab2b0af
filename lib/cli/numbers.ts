// Options that hold numbers, read from what was typed, so that a message can quote it.

import { InputError } from '../equations/input-error.ts';

/** What yargs gives for an option of type string: an array when it stands twice. */
export type Typed = string | readonly string[] | undefined;

/** One value. Throws InputError when the option stands twice. */
export function once(option: string, typed: Typed): string | undefined {
  if (typed === undefined || typeof typed === 'string') return typed;
  throw new InputError({
    where: option,
    says: `${option} is given ${typed.length} times.`,
    expected: 'one value',
    got: typed.join(' and '),
    mend: 'take all but one out',
  });
}

/** A whole number within bounds, or undefined when the option is not given. Throws InputError. */
export function wholeNumber(option: string, typed: Typed, low: number, high: number, why?: string): number | undefined {
  const text = once(option, typed);
  if (text === undefined) return undefined;
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new InputError({
    where: option,
    says: Number.isNaN(value) ? `\`${text}\` is not a whole number.` : `${option} ${text} is out of range.`,
    expected: `a whole number from ${low} to ${high.toLocaleString('en')}`,
    got: text,
    mend:
      value > high && why !== undefined ? why : `write, for instance, ${option} ${Math.min(high, Math.max(low, 16))}`,
  });
}

/** A number within bounds. Throws InputError. */
export function realNumber(option: string, typed: Typed, low: number, high: number): number | undefined {
  const text = once(option, typed);
  return text === undefined ? undefined : within(option, text, low, high);
}

/** Numbers separated by commas, at least one. Throws InputError. */
export function numberList(option: string, typed: Typed, low: number, high: number): number[] | undefined {
  const text = once(option, typed);
  return text?.split(',').map((part) => within(option, part, low, high));
}

function within(option: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= low && value <= high && Number.isFinite(value)) return value;
  throw new InputError({
    where: option,
    says: Number.isFinite(value) ? `${text.trim()} is out of range.` : `\`${text.trim()}\` is not a number.`,
    expected: `a number from ${low} to ${high}`,
    got: text.trim() === '' ? 'nothing' : text.trim(),
    mend: `write, for instance, ${option} ${Math.min(high, Math.max(low, 1))}`,
  });
}
