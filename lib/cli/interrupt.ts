// Ctrl-C for a command that keeps what it has: the first one asks it to stop, the second ends the program (main.ts: it ends at
// once unless somebody else listens too).

/** Aborted at the first Ctrl-C. `release` gives Ctrl-C back its usual meaning. */
export function firstInterrupt(): { readonly signal: AbortSignal; readonly release: () => void } {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once('SIGINT', abort);
  return { signal: stop.signal, release: () => process.removeListener('SIGINT', abort) };
}
