// A Result as JSON: itself.

import type { Result } from './result.ts';

/** Indented by two. What JSON has no number for is written as a string, "NaN", "Infinity" or "-Infinity", never silently as null. */
export function json(result: Result): string {
  const text = JSON.stringify(
    result,
    (_key, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    2,
  );
  // JSON leaves C1 controls as they are, and 0x9b starts an escape sequence on some terminals.
  return `${text.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
