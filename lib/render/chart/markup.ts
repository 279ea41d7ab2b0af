// Elements of SVG and HTML as strings: the one place where text from outside is escaped and the numbers of a drawing are written.

export type Attributes = Readonly<Record<string, string | number | undefined>>;

const SHAPES = new Set(['circle', 'line', 'path', 'rect']);
const VOID = new Set(['br', 'meta']);

/** `children` are markup already: text among them has gone through `escaped`. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? place(value) : escaped(String(value))}"`)
    .join('');
  if (VOID.has(name)) return `<${name}${written}>`;
  const inner = children.join('');
  return inner === '' && SHAPES.has(name) ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attributes. Control characters must be shown already (legible.ts); what else XML and HTML refuse is spelt out here. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character)
    .replace(/\p{Noncharacter_Code_Point}/gu, (character) => `\\u${character.codePointAt(0)?.toString(16)}`);
}

/** A length in pixels: two decimals, the same on every machine. */
export function place(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
