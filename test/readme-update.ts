// Writes into README.md what its commands print now: `npm run docs`. Read the difference before committing it.

import { readFileSync, writeFileSync } from 'node:fs';
import { blocksOf, outputOf } from './readme-blocks.ts';

let text = readFileSync('README.md', 'utf8');
for (const { command, start, end } of blocksOf(text).reverse()) {
  const output = outputOf(command);
  text = `${text.slice(0, start)}\`\`\`console\n$ ${command}\n${output === '' ? '' : `${output}\n`}\`\`\`${text.slice(end)}`;
}
writeFileSync('README.md', text);
