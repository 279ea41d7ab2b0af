// The second thread of `unroll parallel --measure`.

import { parentPort, workerData } from 'node:worker_threads';
import { cellOf } from '../cells/catalogue.ts';
import { Half, type PairOrders } from './two-threads.ts';

const given = workerData as PairOrders;
const half = new Half(cellOf('cell', given.text), given);
parentPort!.postMessage('ready');
while (half.obey());
