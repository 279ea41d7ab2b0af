// Elements of SVG and HTML as strings: the one place where text from outside is escaped and the numbers of a drawing are written. And their
// looks: every curve has a colour and a dash of its own, so that black-and-white print tells them apart.

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

export const SANS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const MONO = "Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace";

/** Pixels. A drawing 800 wide on a page of A4 has its smallest letters at 7 points. */
export const SIZE = { question: 22, title: 16, label: 14, small: 12.5 } as const;
export const LEADING = 1.35;

interface Pen {
  readonly light: string;
  readonly dark: string;
  readonly dash?: string;
}

// Okabe & Ito 2008, darkened for paper and lightened for a dark screen: at least 4.5 to 1 against either.
const PENS: readonly Pen[] = [
  { light: '#0067a6', dark: '#5cb3ea' },
  { light: '#b84a00', dark: '#ff9447', dash: '9 4' },
  { light: '#007455', dark: '#3fcf9f', dash: '2.5 3.5' },
  { light: '#a03a78', dark: '#e58cc2', dash: '11 3.5 2.5 3.5' },
  { light: '#7a5c00', dark: '#e0c04a', dash: '18 4' },
  { light: '#4a4fb5', dark: '#a5b0ff', dash: '5 2.5' },
  { light: '#b3261e', dark: '#ff8a80', dash: '11 3 2.5 3 2.5 3' },
  { light: '#505050', dark: '#c4c4c4', dash: '1.5 6' },
];

const INK = '#1b1e23';
const FAINT = '#585e68';
const GRID = '#e3e5e8';
const AXIS = '#8b919a';

const pen = (series: number): Pen => PENS[series % PENS.length] as Pen;
const penNumber = (series: number): number => series % PENS.length;
/** Those that have to share a dash differ in how thick they are. */
const WEIGHTS = [2.25, 1, 4];

/** A curve. The class lets a page give it another colour on a dark screen; without one the attributes hold. */
export function stroked(series: number): Attributes {
  return {
    class: `s${penNumber(series)}`,
    fill: 'none',
    stroke: pen(series).light,
    'stroke-width': WEIGHTS[Math.floor(series / PENS.length) % WEIGHTS.length],
    'stroke-dasharray': pen(series).dash,
    'stroke-linejoin': 'round',
  };
}

/** A label, a dot or, with an opacity, a band in the colour of its curve. */
export function fillOf(series: number): Attributes {
  return { class: `f${penNumber(series)}`, fill: pen(series).light };
}

export const ink: Attributes = { class: 'ink', fill: INK };
export const faint: Attributes = { class: 'faint', fill: FAINT };
export const gridLine: Attributes = { class: 'grid', stroke: GRID, 'stroke-width': 1 };
export const axisLine: Attributes = { class: 'axis', stroke: AXIS, 'stroke-width': 1, fill: 'none' };
export const inkLine: Attributes = { class: 'mark', stroke: INK, fill: 'none' };
export const good: Attributes = { class: 'good', stroke: '#00694c', fill: 'none' };
export const bad: Attributes = { class: 'bad', stroke: '#b3261e', fill: 'none' };
export const PAPER = '#fff';

/** Every colour of a drawing as the grey it is to the eye. */
export function greyed(markup: string): string {
  return markup.replace(/(?<=(?:fill|stroke)="#)[0-9a-f]{6}(?=")/g, (colour) => {
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const light = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    return light.toString(16).padStart(2, '0').repeat(3);
  });
}

/** The same on a dark screen, as rules of a style sheet. */
export const darkRules: string = [
  '.ink{fill:#e9ebee}',
  '.faint{fill:#a7adb8}',
  '.grid{stroke:#2c313a}',
  '.axis{stroke:#6c7480}',
  '.mark{stroke:#e9ebee}',
  '.paper{fill:#15181d}',
  '.halo{stroke:#15181d}',
  '.good{stroke:#3fcf9f}',
  '.bad{stroke:#ff8a80}',
  ...PENS.map(({ dark }, index) => `.s${index}{stroke:${dark}}.f${index}{fill:${dark}}`),
].join('');
