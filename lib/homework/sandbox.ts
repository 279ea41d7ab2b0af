// Where a submission runs. The level is what a canary in the very same configuration measured, never what was asked for.

import type { IsolationReport, Language } from './report.ts';
import type { FileContent } from './sandbox/intake.ts';
import type { Session, Trouble } from './session.ts';

export interface Limits {
  /** Seconds for loading and all answers together. */
  readonly seconds: number;
  /** MiB. */
  readonly memory: number;
}

export interface Sandbox {
  readonly isolation: IsolationReport;
  readonly limits: Limits;
  /**
   * Copies the file into a fresh folder, starts it, waits until it has loaded and found one of `functions` (`lstm_step`, `lstmStep`).
   * Rejects for nothing that a submission can do. `content`: what the file holds, where it has been read already.
   */
  open(file: string, language: Language, functions: readonly string[], content?: FileContent): Promise<Opened>;
  /** Removes what is left. */
  close(): Promise<void>;
}

export type Opened =
  | { readonly session: Session; readonly trouble?: undefined }
  | {
      readonly trouble: Trouble;
      readonly prints: string;
      readonly printsCut: boolean;
      readonly runtime: string;
      readonly session?: undefined;
    };
