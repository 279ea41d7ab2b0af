// A submission that is equations: nothing of the student's runs, so it needs no sandbox. The same session serves references and mutants.

import type { EquationError } from '../equations/errors.ts';
import { givenNames, type Program } from '../equations/program.ts';
import { readProgram } from '../equations/read.ts';
import { errorText } from '../equations/wording.ts';
import type { ByValues } from './exercise.ts';
import type { Reply, Session, Trouble } from './session.ts';
import type { Answer, Value } from './value.ts';

export const equationsRuntime = 'the equations themselves';

/** Answers with whatever `answer` gives for the arguments. */
export function answering(answer: (given: readonly Value[]) => Answer, returns: readonly string[]): Session {
  return {
    ask: async (question): Promise<Reply> => {
      if (question.kind !== 'call') return { kind: 'not-kept' };
      const answered = answer(question.arguments);
      return { kind: 'value', value: returns.length === 1 ? answered[returns[0]!] : answered };
    },
    end: async () => ({ prints: '', printsCut: false, runtime: equationsRuntime }),
  };
}

/** A `.cell` as a submission, or what is wrong with it. `text` is what the file holds. */
export function equationsSession(
  exercise: ByValues,
  text: string,
  file: string,
):
  | { readonly session: Session; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly session?: undefined } {
  const { program, errors } = readProgram(text, file);
  if (errors !== undefined) return { trouble: syntaxTrouble(errors[0]!) };
  const trouble = namesTrouble(program, exercise.reference());
  if (trouble !== undefined) return { trouble };
  const session = answering((given) => exercise.answer(program, given), exercise.returns);
  return { session: { ...session, ask: (question) => session.ask(question).catch(sizesDoNotFit) } };
}

/** Shapes are checked by name; what is left to go wrong with numbers is a size that the exercise has and these equations have not. */
const sizesDoNotFit = (error: unknown): Reply => ({
  kind: 'threw',
  error: { name: 'SizeError', message: error instanceof Error ? error.message : String(error) },
});

export const syntaxTrouble = (error: EquationError): Trouble => ({
  status: 'error',
  code: 'syntax',
  raised: { name: 'EquationError', message: errorText(error, 80), line: error.line, text: error.text },
});

/** Names that the exercise does not give, and states or results that it asks for and that are not there. */
function namesTrouble(program: Program, reference: Program): Trouble | undefined {
  const given = givenNames(reference);
  const reads = [...program.parameters, ...program.states.map((state) => `${state}_prev`)];
  const unknown = reads.filter((name) => !given.includes(name));
  const made = program.equations.map(({ name }) => name);
  const missing = [...new Set([...reference.states, reference.output])].filter((name) => !made.includes(name));
  if (unknown.length + missing.length === 0) return undefined;
  return { status: 'error', code: 'cell-names', unknown, missing, given, made: [...new Set(made)] };
}
