// How many of something, in English.

/** `1 step`, `2 steps`, `0 steps`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
