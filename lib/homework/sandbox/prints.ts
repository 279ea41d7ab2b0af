// What a submission prints, made harmless and bounded.

import { disarm } from '../../render/legible.ts';

/** Bytes that are kept, and bytes after which nobody prints to find a mistake. */
const kept = 256 * 1024;
const flood = 16 * 1024 * 1024;
/** Bytes of standard error that are kept from its end, where the reason of a crash stands. */
const last = 8 * 1024;

/** One of the two streams that a program prints on. */
export type PrintStream = 'output' | 'error';

/** Standard output and then standard error: how the two would have mingled depends on who was faster, and a report must not. */
export class Prints {
  readonly #chunks: Record<PrintStream, Uint8Array[]> = { output: [], error: [] };
  readonly #kept: Record<PrintStream, number> = { output: 0, error: 0 };
  #lastWords: Uint8Array = new Uint8Array(0);
  #all = 0;

  /** Whether it is still bearable. */
  add(chunk: Uint8Array, stream: PrintStream = 'output'): boolean {
    this.#all += chunk.length;
    const part = chunk.subarray(0, kept - this.#kept[stream]);
    if (part.length > 0) this.#chunks[stream].push(part);
    this.#kept[stream] += part.length;
    if (stream === 'error') this.#lastWords = Buffer.concat([this.#lastWords, chunk]).subarray(-last);
    return this.#all <= flood;
  }

  get cut(): boolean {
    return this.#all > kept;
  }

  /** The end of standard error, whatever was printed before. */
  get lastWords(): string {
    return new TextDecoder().decode(this.#lastWords);
  }

  /** As it came, but for what is no UTF-8; of standard error as much as standard output has left room for. */
  get raw(): string {
    const text = (stream: PrintStream, most: number): string =>
      new TextDecoder().decode(Buffer.concat(this.#chunks[stream]).subarray(0, most));
    const [output, error] = [text('output', kept), text('error', kept - this.#kept.output)];
    return output + (output === '' || error === '' || output.endsWith('\n') ? '' : '\n') + error;
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
  text.replace(/(^|\n)(\n<--- Last few GCs|FATAL ERROR: |terminate called after |file:\/\/\S*:\d+\n)[\s\S]*$/, '$1');
