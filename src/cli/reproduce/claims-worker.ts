import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { claims } from '../../claims/index.js';
import { claimFigures, exportFigures } from '../../figures/index.js';
import { installNativeLinearAlgebra } from '../../native/index.js';
import { runClaims, type ClaimTask } from './claim-runs.js';

/**
 * The thread in which claims run. Experiments compute for seconds without a pause; in a thread of
 * their own they neither hold up the progress line nor the answer to Ctrl-C.
 */
const task = workerData as ClaimTask;
installNativeLinearAlgebra();
void runClaims(
  claims,
  task,
  (result, folder) => exportFigures(claimFigures(result), folder),
  (id) => join(task.out, 'figures', id),
  (event) => parentPort?.postMessage(event),
);
