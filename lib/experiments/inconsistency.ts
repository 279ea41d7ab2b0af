// Scheduled sampling has the wrong optimum, exactly and without training: Huszár 2015, "How (not) to train your generative model",
// for sequences of two symbols.
//
// The first symbol is learned from the truth alone, so the best model has Q(x₁) = P(x₁). The second is learned beside a first symbol
// z that is true with probability ε and else drawn from Q. So the pair (z, x₂) has the probability
//     ε P(z) P(x₂|z) + (1 - ε) P(z) P(x₂),
// and the best answer to z is its conditional: the truth mixed with the marginal, which knows nothing of z,
//     Q(x₂|z) = ε P(x₂|z) + (1 - ε) P(x₂).
// Its distance from the truth, KL[P ‖ Q] = Σ_z P(z) KL[P(·|z) ‖ Q(·|z)], is 0 at ε = 1 and the mutual information I(x₁; x₂) at ε = 0.

import { log } from '../numbers/elementary.ts';

/** A chain of two symbols: P(x₁), and P(x₂|x₁) row by row. Every row sums to 1, and all entries are above 0. */
export interface TwoSymbols {
  readonly first: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** P(x₂) = Σ P(x₁) P(x₂|x₁) */
export const marginalOf = ({ first, rows }: TwoSymbols): number[] =>
  rows[0]!.map((_, j) => first.reduce((sum, p, i) => sum + p * rows[i]![j]!, 0));

/** What scheduled sampling with this ε learns in the limit of all data: Q(x₂|x₁), row by row. */
export function learnedRows(chain: TwoSymbols, epsilon: number): number[][] {
  const marginal = marginalOf(chain);
  return chain.rows.map((row) => row.map((p, j) => epsilon * p + (1 - epsilon) * marginal[j]!));
}

/** The cross-entropy, in nats, that scheduled sampling minimises over the rows of the second symbol. */
export function sampledObjective(chain: TwoSymbols, epsilon: number, rows: readonly (readonly number[])[]): number {
  const marginal = marginalOf(chain);
  return chain.first.reduce(
    (sum, p, z) =>
      sum -
      p *
        rows[z]!.reduce(
          (inner, q, j) => inner + (epsilon * chain.rows[z]![j]! + (1 - epsilon) * marginal[j]!) * log(q),
          0,
        ),
    0,
  );
}

/** KL[P ‖ Q] of the pair in nats, for a Q that has the first symbol right. */
export const divergenceOf = ({ first, rows }: TwoSymbols, learned: readonly (readonly number[])[]): number =>
  first.reduce((sum, p, z) => sum + p * rows[z]!.reduce((inner, q, j) => inner + q * log(q / learned[z]![j]!), 0), 0);

/** I(x₁; x₂) in nats, from the joint distribution. */
export function mutualInformation(chain: TwoSymbols): number {
  const marginal = marginalOf(chain);
  let sum = 0;
  for (const [i, p] of chain.first.entries())
    for (const [j, q] of chain.rows[i]!.entries()) sum += p * q * log((p * q) / (p * marginal[j]!));
  return sum;
}
