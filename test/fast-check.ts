// fast-check as the tests use it. `npm test` draws the same values at every run, so that what fails was changed; `npm run test:deep` draws
// others each time.

import fc from 'fast-check';

if (process.env.UNROLL_DEEP === undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });

export * from 'fast-check';
export { default } from 'fast-check';
