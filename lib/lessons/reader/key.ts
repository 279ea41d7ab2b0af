// A key as the reader hears it, whatever terminal it came from.

export interface Key {
  /** `return`, `space`, `up`, `pagedown`, or the character itself. */
  readonly name: string;
  /** What it types. */
  readonly text: string;
  readonly ctrl: boolean;
}
