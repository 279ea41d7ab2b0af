// A page of the course as text: front matter in YAML between two lines `---`, then Markdown. Lines are counted from 1 in the file.
// A bundle of its own (build.js): the two readers are loaded when there is a page to read. What is wrong is data; the caller words it.

import type { Heading, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';

export interface YamlEntry {
  readonly value: unknown;
  readonly line: number;
}

export interface Page {
  readonly front: ReadonlyMap<string, YamlEntry>;
  /** What stands before the first heading of the second level, and then each with what stands below it. */
  readonly sections: readonly Section[];
  /** All blocks behind the front matter; their positions count lines from `before`. */
  readonly nodes: readonly RootContent[];
  /** How many lines the front matter takes. */
  readonly before: number;
}

interface Section {
  /** Empty for what comes first. */
  readonly heading: string;
  /** Markdown, without white space around it. */
  readonly text: string;
  readonly line: number;
  /** Its blocks of code: the word behind the fence, and what is in it. */
  readonly blocks: readonly { readonly language: string; readonly text: string; readonly line: number }[];
}

interface PageProblem {
  readonly line: number;
  readonly says: string;
  readonly fix: string;
}

type PageReading =
  | { readonly page: Page; readonly problem?: undefined }
  | { readonly problem: PageProblem; readonly page?: undefined };

/** Reads a page. Never throws for anything that a text can be. */
export function readPage(text: string): PageReading {
  const whole = text.replace(/\r\n?/g, '\n');
  const parts = /^---\n([\s\S]*?\n)?---(?:\n|$)/.exec(whole);
  if (parts === null)
    return {
      problem: {
        line: 1,
        says: 'The page has no front matter.',
        fix: 'begin with a line `---`, then `name: value` lines, then `---`',
      },
    };
  const front = readEntries(parts[1] ?? '', 1);
  if ('says' in front) return { problem: front };
  const before = parts[0].split('\n').length - 1;
  const body = whole.slice(parts[0].length);
  const nodes = markdown(body);
  return { page: { front, sections: sectionsOf(body, nodes, before), nodes, before } };
}

/** Names and values in YAML; the text begins behind line `before` of the file. */
export function readEntries(text: string, before: number): ReadonlyMap<string, YamlEntry> | PageProblem {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number): number => counter.linePos(offset).line + before;
  const error = document.errors[0] ?? document.warnings[0];
  if (error !== undefined)
    return {
      line: lineAt(error.pos[0]),
      says: `This is no YAML: ${error.message}.`,
      fix: 'write each entry as `name: value`; put quotes around a value that holds a colon',
    };
  if (!isMap(document.contents))
    return { line: before + 1, says: 'This is no list of names and values.', fix: 'write `name: value` lines' };
  return new Map(
    document.contents.items.map(({ key, value }) => {
      const line = isScalar(key) && key.range ? lineAt(key.range[0]) : before + 1;
      const plain: unknown = value === null ? null : (value as { toJS(of: unknown): unknown }).toJS(document);
      return [String(isScalar(key) ? key.value : key), { value: plain, line }] as const;
    }),
  );
}

/** Markdown as its blocks: CommonMark, and tables as GitHub has them. */
export const markdown = (text: string): RootContent[] =>
  fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }).children;

function sectionsOf(text: string, children: readonly RootContent[], before: number): Section[] {
  const starts = children.flatMap((node, at) => (node.type === 'heading' && node.depth === 2 ? [at] : []));
  const bounds = [-1, ...starts, children.length];
  return bounds.slice(0, -1).map((start, k): Section => {
    const heading = start < 0 ? undefined : (children[start] as Heading);
    const nodes = children.slice(start + 1, bounds[k + 1]);
    const [from, to] = [nodes[0]?.position?.start.offset ?? 0, nodes.at(-1)?.position?.end.offset ?? 0];
    return {
      heading: heading === undefined ? '' : wordsOf(heading),
      text: text.slice(from, to).trim(),
      line: before + ((heading ?? nodes[0])?.position?.start.line ?? 1),
      blocks: nodes.flatMap((node) =>
        node.type === 'code'
          ? [{ language: node.lang ?? '', text: node.value, line: before + node.position!.start.line }]
          : [],
      ),
    };
  });
}

const wordsOf = (node: RootContent): string =>
  'children' in node ? node.children.map(wordsOf).join('') : 'value' in node ? node.value : '';
