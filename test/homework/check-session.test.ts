import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CheckSession } from '../../lib/homework/check-session.ts';
import { checksOf } from '../../lib/homework/checks.ts';
import { answering } from '../../lib/homework/equations-session.ts';
import rnnStep from '../../lib/homework/exercises/rnn-step.ts';
import type { Question, Session } from '../../lib/homework/session.ts';
import { random } from '../../lib/numbers/random.ts';

it('every call is kept, each under a name of its own: none can be told from those that are looked at once more', async () => {
  const questions: Question[] = [];
  const session = answering((given) => rnnStep.answer(rnnStep.reference(), given), rnnStep.returns);
  const heard: Session = {
    ...session,
    ask: (question) => {
      questions.push(question);
      return session.ask(question);
    },
  };
  const asked = new CheckSession(rnnStep, 1e-8, random(1), heard);
  for (const check of checksOf(rnnStep)) assert.equal((await check.run(asked)).status, 'pass');
  const kept = questions.filter(({ kind }) => kind === 'call').map(({ keep }) => keep);
  assert.ok(kept.length > 10 && kept.every((name) => /^call \d+$/.test(name ?? '')));
  assert.equal(new Set(kept).size, kept.length);
  for (const { kind, keep } of questions) if (kind !== 'call') assert.ok(kept.includes(keep));
});
