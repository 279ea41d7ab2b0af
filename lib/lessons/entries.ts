// Reads the entries of front matter and of blocks: every key is asked for by name and kind, and what nobody asked for is refused.
// Authors write these, so an error names the file, the line and what to do.

import { type ErrorAdvice, InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import type { YamlEntry } from './markdown-page.ts';

export class Entries {
  readonly #entries: ReadonlyMap<string, YamlEntry>;
  readonly #file: string;
  readonly #line: number;
  readonly #asked = new Set<string>();

  /** `line`: where the block begins, for what is missing. */
  constructor(entries: ReadonlyMap<string, YamlEntry>, file: string, line: number) {
    this.#entries = entries;
    this.#file = file;
    this.#line = line;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  text(name: string): string {
    return this.#read(name, 'a text', asText);
  }

  textIfGiven(name: string): string | undefined {
    return this.has(name) ? this.text(name) : this.#absent(name, undefined);
  }

  number(name: string): number {
    return this.#read(name, 'a number', (value) => (typeof value === 'number' ? value : undefined));
  }

  numberOr(name: string, otherwise: number): number {
    return this.has(name) ? this.number(name) : this.#absent(name, otherwise);
  }

  wordOf<Word extends string>(name: string, words: readonly Word[], otherwise?: Word): Word {
    return this.value(name, words.join(', '), (value) => words.find((word) => word === value), otherwise);
  }

  flagOr(name: string, otherwise: boolean): boolean {
    return this.value(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined), otherwise);
  }

  texts(name: string): string[] {
    return this.#read(name, 'a list of texts', (value) => listOf(value, asText));
  }

  /** Some of these words, at least one, in their order. */
  choices<Word extends string>(name: string, words: readonly Word[]): Word[] {
    return this.#read(name, `a list of ${words.join(', ')}`, (value) => {
      const chosen = listOf(value, (item) => words.find((word) => word === item));
      return chosen === undefined || chosen.length === 0 ? undefined : words.filter((word) => chosen.includes(word));
    });
  }

  numbers(name: string): number[] {
    return this.#read(name, 'a list of numbers', (value) =>
      listOf(value, (item) => (typeof item === 'number' ? item : undefined)),
    );
  }

  /** Whatever `read` takes; it answers undefined for what is not as it `wants`. */
  value<Of>(name: string, wants: string, read: (value: unknown) => Of | undefined, otherwise?: Of): Of {
    if (!this.has(name) && otherwise !== undefined) return this.#absent(name, otherwise);
    return this.#read(name, wants, read);
  }

  /** A list of records, each read by `read`. */
  records<Of>(name: string, read: (record: Entries) => Of): Of[] {
    const line = this.#lineOf(name);
    const maps = this.#read(name, 'a list of names and values', (value) => listOf(value, asRecord));
    return maps.map((map) => this.#inner(map, line, read));
  }

  record<Of>(name: string, read: (record: Entries) => Of): Of {
    const line = this.#lineOf(name);
    return this.#inner(this.#read(name, 'names and values', asRecord), line, read);
  }

  #inner<Of>(map: Readonly<Record<string, unknown>>, line: number, read: (record: Entries) => Of): Of {
    const entries = new Map(Object.entries(map).map(([key, value]) => [key, { value, line }]));
    const inner = new Entries(entries, this.#file, line);
    const found = read(inner);
    inner.done();
    return found;
  }

  /** Refuses what nobody has asked for. Throws InputError. */
  done(): void {
    for (const [name, { line }] of this.#entries) {
      if (this.#asked.has(name)) continue;
      const near = nearest(name, [...this.#asked]);
      throw this.wrong(line, `A key \`${name}\` means nothing here.`, {
        expected: [...this.#asked].join(', '),
        got: name,
        fix: near === undefined ? 'remove it' : `did you mean \`${near}\`?`,
      });
    }
  }

  wrong(line: number | undefined, says: string, advice: ErrorAdvice): InputError {
    return new InputError(`${this.#file}:${line ?? this.#line}`, says, advice);
  }

  #lineOf(name: string): number {
    return this.#entries.get(name)?.line ?? this.#line;
  }

  #absent<Of>(name: string, otherwise: Of): Of {
    this.#asked.add(name);
    return otherwise;
  }

  #read<Of>(name: string, wants: string, read: (value: unknown) => Of | undefined): Of {
    this.#asked.add(name);
    const entry = this.#entries.get(name);
    const found = entry === undefined ? undefined : read(entry.value);
    if (found !== undefined) return found;
    throw this.wrong(
      entry?.line,
      entry === undefined ? `There is no \`${name}\`.` : `\`${name}\` is not what it has to be.`,
      { expected: wants, got: entry && JSON.stringify(entry.value), fix: `write  ${name}: …` },
    );
  }
}

/** A number that is meant as a text needs no quotes. */
const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() || undefined : typeof value === 'number' ? String(value) : undefined;

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;

function listOf<Of>(value: unknown, read: (item: unknown) => Of | undefined): Of[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}
