// How many columns there are to write in, where --width does not say.

/** Those of the terminal, else what COLUMNS says, from 24 on; undefined where nothing says it. */
export function columnsThere(
  stream: { readonly columns?: number } = process.stdout,
  env = process.env,
): number | undefined {
  if (stream.columns !== undefined) return stream.columns;
  const told = /^\d{2,3}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  return told >= 24 ? told : undefined;
}
