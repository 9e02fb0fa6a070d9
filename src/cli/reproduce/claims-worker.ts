import { parentPort, workerData } from 'node:worker_threads';
import { exportFigures } from '../../charts/node/index.js';
import { claimFigures, claims } from '../../claims/index.js';
import { recordStore } from '../../experiments/index.js';
import { installNativeLinearAlgebra } from '../../native/index.js';
import { recordsFolder, runClaims, type ClaimTask } from './claim-runs.js';

/**
 * The thread in which claims run. Experiments compute for seconds without a pause; in a thread of
 * their own they neither hold up the progress line nor the answer to Ctrl-C.
 */
const task = workerData as ClaimTask;
installNativeLinearAlgebra();
void runClaims(
  claims,
  task,
  recordStore(recordsFolder(task.out), { fresh: task.fresh }),
  (result, folder) => exportFigures(claimFigures(result), folder),
  (event) => parentPort?.postMessage(event),
);
