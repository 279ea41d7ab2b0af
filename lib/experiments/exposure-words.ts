// What a reader of `exposure` must know beside the numbers, and what to try next.

import { counted } from '../numbers/counted.ts';
import type { Task } from '../tasks/task.ts';
import type { ExposureOptions, Trained } from './exposure.ts';
import { unclaimed } from './exposure-claims.ts';
import type { Result } from './result.ts';

/** What is known of the series that come with their formula. */
const how: Readonly<Record<string, string>> = {
  // Each has the variance 1/4, and independent phases add them: √(1/4 + 1/4).
  'two-sines': 'It levels off when the phase is lost: two such series at phases by chance differ by 0.71.',
  'mackey-glass': 'In chaos it would grow even in a perfect model that began a little wrong.',
  'logistic-map':
    'In this chaos any error doubles at every step (its Lyapunov exponent is ln 2); and soon the model hears values that no step of its training had.',
};

export function exposureNotes(found: readonly Trained[], options: ExposureOptions): string[] {
  const { task, steps, prefix, sequences } = options;
  const notes = [
    ...unclaimed(options),
    `Measured on ${counted(sequences, 'sequence')} that no model learned from${prefix > 0 ? `: ${counted(prefix, 'step')} of the truth, then ${steps - prefix} alone` : ''}. On its own, a model hears what it finds likeliest.`,
  ];
  if (task.name === 'labels')
    notes.push(
      'Exposure bias is not the same as errors that pile up. Here the error jumps as soon as the model hears its own labels, and then levels off: each new observation still says something, so the model is wrong often but not ever more often.',
    );
  else if (task.classes !== undefined)
    notes.push(
      'A text that goes on in another way than this one is not wrong. The error on its own words counts how often the two differ, and soon it is what two unrelated texts would give.',
    );
  else
    notes.push(
      `A series has no observation beside the last value, so an error is heard again as if it were the truth, and grows. ${how[task.name] ?? 'How far depends on the series: a noisy one teaches a model to mistrust what it hears, and then G(t) stays small.'}`,
    );
  if (found.some(({ way }) => way !== 'forced')) notes.push(traded(task));
  return notes;
}

/** Why training on its own words costs something: Huszár 2015, section 3. */
function traded({ name, classes }: Task): string {
  if (name === 'labels')
    return 'Scheduled sampling trades one error for the other: it trusts the label before less, because it was often wrong.';
  const what = classes === undefined ? 'value' : 'character';
  const lost = classes === undefined ? 'that has lost its phase' : 'that has begun another sentence';
  return `Scheduled sampling wants the true next ${what} after a wrong one. For a model ${lost} no such answer is right, so it learns to be vague: its error on the truth grows.`;
}

export function exposureNext({ task, ways }: ExposureOptions): NonNullable<Result['next']> {
  if (ways.length === 1 && task.name === 'labels')
    return {
      says: 'Let it hear its own words while it learns',
      command: 'unroll exposure --compare forced,scheduled,free',
    };
  if (task.name === 'labels')
    return {
      says: 'A series on which the same medicine makes things worse',
      command: 'unroll exposure --series mackey-glass --compare forced,scheduled',
    };
  if (task.name === 'two-sines' || task.name === 'mackey-glass')
    return { says: 'Where an error doubles at every step', command: 'unroll exposure --series logistic-map' };
  return { says: 'How often should it hear the truth?', command: 'unroll sampling' };
}
