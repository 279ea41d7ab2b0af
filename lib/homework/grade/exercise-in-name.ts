// Which exercise the name of a file or a folder names, and what stands before it: `alice_lstm-step` is lstm-step, of alice.

export interface Named {
  readonly exercise: string;
  /** What stands before the exercise, without the separator: a student, or nothing. */
  readonly before: string;
}

/**
 * `lstm-step`, `lstm_step`, `lstmStep`, `LSTM step`, each with a number behind it where a browser or a course site has numbered copies:
 * `lstm_step (1)`, `lstm_step-2`. Undefined where no exercise is named.
 */
export function exerciseIn(stem: string, exercises: readonly string[]): Named | undefined {
  let best: Named | undefined;
  for (const exercise of exercises) {
    const found = patternOf(exercise).exec(stem);
    // Of two that end alike the longer one is meant.
    if (found !== null && exercise.length > (best?.exercise.length ?? 0)) best = { exercise, before: found[1] ?? '' };
  }
  return best;
}

/** What browsers and course sites append to the name of a copy. */
const numbered = '(?:[-_ ]*(?:(\\d{1,3})|\\((\\d{1,3})\\)))?';

/** A name, and the number of the copy after it: `lstm_step (2)` is `lstm_step` and 2, `lstm_step` alone has 0. */
export function copyIn(stem: string): { readonly name: string; readonly copy: number } {
  const [, name, plain, bracketed] = new RegExp(`^(.*?)${numbered}$`, 's').exec(stem)!;
  return { name: name!, copy: Number(plain ?? bracketed ?? 0) };
}

const patterns = new Map<string, RegExp>();

function patternOf(exercise: string): RegExp {
  const known = patterns.get(exercise);
  if (known !== undefined) return known;
  const words = exercise.split('-').join('[-_ ]?');
  const pattern = new RegExp(`^(?:(.*?)[-_ .]+)?${words}${numbered}$`, 'is');
  patterns.set(exercise, pattern);
  return pattern;
}

/** Whether two names differ in case and separators only. */
export const alike = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (name: string): string => name.toLowerCase().replace(/[-_ .]/g, '');
