// A pause between two pieces of work, so that Ctrl-C is heard while an experiment runs.

export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
