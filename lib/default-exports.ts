// A list that is made from its folder: what its files export as default. In the bundle these are import lines, which build.js writes.

import { readdirSync, readFileSync } from 'node:fs';

/**
 * The default exports of all files in and below a folder (given relative to `from`, the URL of the file that asks) that have one, in
 * the order of their paths. None of these files may import the one that asks, which waits for them.
 */
export async function defaultExports<T>(from: string, folder = '.'): Promise<T[]> {
  return namedExports(from, folder, 'default');
}

/** What these files export beside it under a name, for a bundle that needs that alone. */
export async function namedExports<T>(from: string, folder: string, name: string): Promise<T[]> {
  const root = new URL(`${folder}/`, from);
  const modules = filesWithDefault(root).map((file): Promise<Record<string, T>> => import(new URL(file, root).href));
  return (await Promise.all(modules)).map((module) => module[name]!);
}

/** Their paths below the folder, with `/`. */
export function filesWithDefault(folder: URL): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && /^export default /m.test(readFileSync(new URL(file, folder), 'utf8')))
    .sort();
}
