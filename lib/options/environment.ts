// What options need beside the words of a command line. Who reads a command line passes it in: cli/environment.ts.

/** A column of numbers from a file. */
export interface Column {
  readonly values: number[];
  /** Whether the file goes on. */
  readonly more: boolean;
  readonly name: string;
  /** How the file was read, where it could have been meant otherwise. */
  readonly notes: readonly string[];
}

/** Files, standard input, and who hears a warning. */
export interface Environment {
  /** At most `limit` bytes of a file or of standard input, `-`, and whether there are more. Throws InputError. */
  readonly readText: (file: string, limit: number) => { readonly text: string; readonly more: boolean };
  readonly readBytes: (file: string, limit: number) => Uint8Array;
  /** What these bytes are as text. Throws InputError. */
  readonly textOf: (bytes: Uint8Array, file: string, limit: number) => { readonly text: string };
  /** At most `count` numbers of a CSV file. Throws InputError. */
  readonly readColumn: (file: string, column: string | undefined, count: number) => Promise<Column>;
  readonly exists: (file: string) => boolean;
  readonly warn: (text: string) => void;
  /** A note of what was not read of the user's data, which is said also where no notes are shown. */
  readonly dropped: (note: string) => string;
  /** That a value was needed that is not given: a command line that is printed names it. */
  readonly assumed: (option: string, value: number) => void;
}
