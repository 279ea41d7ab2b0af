// Another thread of unroll homework grade: see check-alone.ts. One order at a time, a report for each.

import { parentPort } from 'node:worker_threads';
import type { Order } from './check-alone.ts';

const { checkAlone } = await import('./course-work.ts');
parentPort!.on('message', async (order: Order) => parentPort!.postMessage(await checkAlone(order)));
