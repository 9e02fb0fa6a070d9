import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { lineReader, pipes } from '../frames.js';
import { flag } from './interrupts.js';

const flags = workerData as Int32Array;

/** Milliseconds that code gets to come back by itself before it is cut short. */
const GRACE = 100;
/** How often that is tried before the programs that the code waits for are interrupted as well. */
const TRIES = 4;

const inspector = new Session();
inspector.connectToMainThread();

/** The last cell whose interrupt has been dealt with. */
let dealtWith = 0;

/** Whether the main thread has dealt with the interrupt within the grace time. */
function isDealtWith(): boolean {
  return Atomics.wait(flags, flag.requested, 1, GRACE) !== 'timed-out';
}

function interrupt({ cell }: { cell: number }): void {
  // Impatient people press the button many times.
  if (cell !== 0 && cell === dealtWith) return;
  Atomics.store(flags, flag.requested, 1);
  let tries = 0;
  const insist = () => {
    parentPort!.postMessage(cell);
    if (isDealtWith()) return void (dealtWith = cell);
    // Where no cell runs the thread is most likely idle, and only slow to answer.
    const isPatient = cell === 0 && tries++ === 0;
    if (!isPatient && Atomics.load(flags, flag.busy) === 0) {
      inspector.post('Runtime.terminateExecution');
      // It hangs in native code, most likely waiting for a program.
      if (++tries === TRIES) process.kill(-process.pid, 'SIGINT');
    }
    setImmediate(insist);
  };
  insist();
}

const pipe = new Socket({ fd: pipes.interrupts, readable: true, writable: false });
pipe.on('data', lineReader(interrupt));
// The front process is gone, and nobody is left to talk to.
pipe.on('close', () => process.kill(process.pid, 'SIGKILL'));
