// What a submission prints, made harmless and bounded.

import { disarm } from '../../../render/visible.ts';

/** Bytes that are kept, and bytes after which nobody prints to find a mistake. */
const kept = 256 * 1024;
const flood = 64 * 1024 * 1024;

export class Prints {
  readonly #chunks: Uint8Array[] = [];
  #kept = 0;
  #all = 0;

  /** Whether it is still bearable. */
  add(chunk: Uint8Array): boolean {
    this.#all += chunk.length;
    const part = chunk.subarray(0, kept - this.#kept);
    if (part.length > 0) this.#chunks.push(part);
    this.#kept += part.length;
    return this.#all <= flood;
  }

  get cut(): boolean {
    return this.#all > this.#kept;
  }

  /** As it came, but for what is no UTF-8. */
  get raw(): string {
    return new TextDecoder().decode(Buffer.concat(this.#chunks));
  }
}

/** Nothing in it moves a cursor, or reorders what is read. */
export const harmless = (text: string): string =>
  disarm(text.replace(/\r\n/g, '\n'))
    .replace(/\r/g, '\\r')
    .replace(/[\ufffe\uffff]/g, '\ufffd');

/** The start of a text, whole characters only. */
export const cutTo = (text: string, length: number): string => harmless(text.slice(0, length));

/** A file in there by its name alone, as the student knows it. */
export const withoutFolder = (text: string, folder: string): string =>
  text
    .replaceAll(`file://${folder}`, '')
    .replaceAll(folder, '')
    .replace(/^(prlimit|setpriv|bwrap): (?=failed to execute |execvp )/gm, '');

/** Without what Node itself says when a module does not parse or the heap is (nearly) full: that is told in better words. */
export const withoutLastWords = (text: string): string =>
  text.replace(/(^|\n)(\n<--- Last few GCs|FATAL ERROR: |file:\/\/\S*:\d+\n)[\s\S]*$/, '$1');
