// The number of a claim, and what it should have been, in words.

import { numeral, numeralApart } from './numerals.ts';
import type { Claim } from './result.ts';

const WORDS = { '<': 'below', '<=': 'at most', '=': 'exactly', '>=': 'at least', '>': 'above' };

export function measuredText(claim: Claim): string {
  return claim.measuredAs ?? numeralApart(claim.measured, claim.bound);
}

export function expected(claim: Claim): string {
  return `${WORDS[claim.relation]} ${numeral(claim.bound)}`;
}
