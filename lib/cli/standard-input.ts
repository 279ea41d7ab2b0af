// What `-` is called from the command line inward, and in messages.

export const standardInput = 'standard input';
