// Puts measured numbers in the place of `{{references}}`, in prose and in the short texts of blocks.

import type { RootContent } from 'mdast';
import { quoted, type Runs } from './measured.ts';

const written = /\{\{([\s\S]*?)\}\}/g;

/** A copy of the blocks with every reference resolved. Throws Unresolved. */
export async function filled(nodes: readonly RootContent[], runs: Runs): Promise<RootContent[]> {
  return (await Promise.all(nodes.map((node) => filledNode(node, runs)))) as RootContent[];
}

async function filledNode(node: unknown, runs: Runs): Promise<unknown> {
  if (typeof node !== 'object' || node === null) return node;
  const { value, children } = node as { readonly value?: string; readonly children?: readonly unknown[] };
  if (children !== undefined)
    return { ...node, children: await Promise.all(children.map((child) => filledNode(child, runs))) };
  return value === undefined ? node : { ...node, value: await filledText(value, runs) };
}

/** A text with every reference resolved. Throws Unresolved. */
export async function filledText(text: string, runs: Runs): Promise<string> {
  let out = '';
  let from = 0;
  for (const found of text.matchAll(written)) {
    out += text.slice(from, found.index) + (await quoted(found[1]!, runs));
    from = found.index + found[0].length;
  }
  return out + text.slice(from);
}
