// Code that was handed in inside something else: between the fences of a Markdown text, in the JSON of a notebook, with a notebook's commands.

import type { Trouble } from '../session.ts';

type Syntax = Extract<Trouble, { code: 'syntax' }>;
type Packed = NonNullable<Syntax['packed']>;

/** Of a file that did not load: that it is the packing, where it is. Some packing parses, and fails when it is run. */
export function packedTrouble(trouble: Trouble, text: string): Trouble {
  if (trouble.code !== 'syntax' && trouble.code !== 'load') return trouble;
  const isJupyter = trouble.code === 'syntax' || /'(?:get_ipython|display)'/.test(trouble.raised.message);
  const found = packingOf(text) ?? (isJupyter ? packingInside(text) : undefined);
  if (found === undefined) return trouble;
  const { line, packed } = found;
  const source = text.split(ends)[line - 1]!.slice(0, 500);
  return { status: 'error', code: 'syntax', raised: { ...trouble.raised, line, text: source }, packed };
}

const ends = /\r\n|\n|\r/;
const fence = /^\s*(?:```|~~~)/;
const command = /^\s*(?:%%?[a-z]|!\s*(?:pip|python|conda|apt|ls|cd|git|wget|curl)\b)|\bget_ipython\(\)/;

interface Packing {
  readonly packed: Packed;
  /** Counted from 1. */
  readonly line: number;
}

/** What begins as no code does. */
function packingOf(text: string): Packing | undefined {
  if (/^\s*\{/.test(text) && /"cells"\s*:/.test(text) && /"nbformat"\s*:/.test(text))
    return { packed: 'notebook', line: 1 };
  const lines = text.split(ends);
  const first = lines.findIndex((line) => line.trim() !== '');
  return fence.test(lines[first] ?? '') ? { packed: 'fences', line: first + 1 } : undefined;
}

/** What may stand in a text within code, too: it counts where the code could not be read. */
function packingInside(text: string): Packing | undefined {
  for (const [i, line] of text.split(ends).entries()) {
    if (fence.test(line)) return { packed: 'fences', line: i + 1 };
    if (command.test(line)) return { packed: 'commands', line: i + 1 };
  }
  return undefined;
}
