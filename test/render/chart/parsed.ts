// Reads a drawing back with a parser of its own, which refuses whatever is not well-formed.

import { SaxesParser } from 'saxes';

export interface Parsed {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Parsed[];
  /** Of itself and all below, in order. */
  text: string;
  /** Where it is moved to by every `translate` above it; what is scaled is left out of account. */
  readonly at: readonly [x: number, y: number];
}

/** Throws where the text is not well-formed XML. */
export function parsed(text: string): Parsed {
  const root: Parsed = { name: '', attributes: {}, children: [], text: '', at: [0, 0] };
  const open: Parsed[] = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const plain = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
    const parent = open.at(-1) ?? root;
    const [, x = '0', y = '0'] = /^translate\((-?[\d.]+) (-?[\d.]+)\)$/.exec(plain.transform ?? '') ?? [];
    const at = [parent.at[0] + Number(x), parent.at[1] + Number(y)] as const;
    const element: Parsed = { name, attributes: plain, children: [], text: '', at };
    parent.children.push(element);
    open.push(element);
  });
  parser.on('text', (words) => {
    for (const element of open) element.text += words;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  return root;
}

/** Itself and all below. */
export function all(element: Parsed): Parsed[] {
  return [element, ...element.children.flatMap(all)];
}

export const named = (element: Parsed, name: string): Parsed[] => all(element).filter((each) => each.name === name);

/** The points of a path of M and L, in pixels of the page. */
export function pointsOf({ attributes, at }: Parsed): [number, number][] {
  return [...(attributes.d ?? '').matchAll(/[ML](-?[\d.]+)[ ,](-?[\d.]+)/g)].map(([, x, y]) => [
    Number(x) + at[0],
    Number(y) + at[1],
  ]);
}

export const numberOf = ({ attributes }: Parsed, name: string): number => Number(attributes[name]);
