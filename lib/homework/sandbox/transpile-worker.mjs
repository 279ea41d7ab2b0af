// The thread that leaves types out: see transpiler.ts. One text at a time; what it answers is the code, or what is wrong and in which line.
// No TypeScript itself: a thread of the sources reads it as it stands.

import { parentPort } from 'node:worker_threads';
import { transform } from 'sucrase';

const options = { transforms: ['typescript'], disableESTransforms: true, preserveDynamicImport: true };

function withoutTypes(text) {
  try {
    return { code: transform(text, options).code };
  } catch (error) {
    return { message: String(error.message), line: error.loc?.line };
  }
}

parentPort.on('message', (text) => parentPort.postMessage(withoutTypes(text)));
parentPort.postMessage('ready');
