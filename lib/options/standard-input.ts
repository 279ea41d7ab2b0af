// `-` in the place of a file.

export const standardInput = '-';

/** What a file is called in messages. */
export const fileName = (path: string): string => (path === standardInput ? 'standard input' : path);
