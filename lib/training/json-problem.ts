// What JSON.parse accepts in silence: of two equal keys it keeps the last.

/**
 * What is wrong with a text that JSON.parse has read, as the end of a sentence; undefined where nothing is. With `integers`, a number
 * with a sign, a point or an exponent is wrong too (JSON.parse reads `1.0` as 1), and so is half of a surrogate pair.
 */
export function jsonProblem(text: string, { integers = false } = {}): string | undefined {
  const objects: Set<string>[] = [];
  const tokens = integers
    ? /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}]|-?\d[\d.eE+-]*/g
    : /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}]/g;
  for (const [token] of text.matchAll(tokens))
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (token.startsWith('"')) {
      const isKey = token.endsWith(':');
      if (!isKey && !integers) continue;
      const string: string = JSON.parse(isKey ? token.slice(0, -1) : token);
      if (integers && /\p{Surrogate}/u.test(string)) return 'holds half of a surrogate pair';
      if (!isKey) continue;
      if (objects.at(-1)!.has(string)) return `has the key \`${string}\` twice`;
      objects.at(-1)!.add(string);
    } else if (integers && !/^\d+$/.test(token)) return `has the number ${token} where only whole numbers are allowed`;
  return undefined;
}
