/** The thread that watches for interrupts, and stops the main one with its debugger. */
import { Session, type Debugger } from 'node:inspector';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { jsonReader } from '../lines.js';
import { pipes } from '../session-messages.js';
import { interruptPrograms } from './interrupt-programs.js';
import { flag, KEEPING, type InterruptedFrame, type ThreadData } from './interrupts.js';
import { cellNamed } from './cell-code.js';
import { isKernels, isNodes } from './script-origin.js';

const { flags, port } = workerData as ThreadData;

/** Milliseconds that code gets to come back by itself before it is cut short. */
const GRACE = 50;
/** Milliseconds after which the programs that the code waits for are interrupted as well. */
const STUCK = 300;
/** Steps through Node's own code after which it goes on at full speed for a while. */
const STEPS = 500;
/** Milliseconds between two looks. */
const LOOK = 5;
/** Milliseconds after which a pause that has not come is asked for again. */
const ANSWER = 400;
/** Milliseconds from one cut to the next: Node has work to finish before it hears of the first. */
const AGAIN = 500;
/** Milliseconds in which another interrupt of the same cell is the same person's impatience. */
const IMPATIENCE = 1000;

/** Writes the variables of a quick loop back, in the scope of a call. */
const KEEP = `for (const each of globalThis[Symbol.for('${KEEPING}')]()) try { eval(each) } catch {}`;

const inspector = new Session();
inspector.connectToMainThread();
const scripts = new Map<string, string>();
inspector.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));

let frames: readonly InterruptedFrame[] = [];
/** From the request for a pause until the code goes on: one that comes in between is lost. */
let isPausing = false;
let isStepping = false;
let askedAt = 0;
let cutAt = 0;
let steps = 0;
/** The cell that is being interrupted. */
let current = 0;

inspector.on('Debugger.paused', ({ params: { callFrames } }) => {
  isStepping = false;
  const found = callFrames.map(frameOf);
  const users = found.findIndex(
    ({ script }) => script !== '' && !isNodes(script) && !isKernels(script),
  );
  // A pause that comes late must not cut short what runs after the interrupted cell.
  const step = isRequested() ? stepFrom(found, users) : undefined;
  if (step) {
    isStepping = true;
    inspector.post(step);
    return;
  }
  if (users >= 0 && isRequested()) {
    frames = found;
    cutAt = Date.now();
    Atomics.store(flags, flag.cut, 1);
    // The loop may have called what was cut short.
    const ofCells = callFrames.filter((_, k) => cellNamed(found[k].script) !== undefined);
    for (const { callFrameId } of new Set([...callFrames.slice(0, 3), ...ofCells.slice(-1)])) {
      const asked = { callFrameId, expression: KEEP, silent: true };
      inspector.post('Debugger.evaluateOnCallFrame', asked);
    }
    inspector.post('Runtime.terminateExecution');
  }
  inspector.post('Debugger.resume');
  if (frames.length > 0) port.postMessage({ cell: current, frames });
});

/** The step to a place where the code can be cut short; none where it can be here, or steps do not help. */
function stepFrom(
  found: readonly InterruptedFrame[],
  users: number,
): 'Debugger.stepOut' | 'Debugger.stepInto' | undefined {
  // The user's code has called the kernel's, to print or to make a promise: that ends as it should.
  if (users > 0 && found.slice(0, users).some(({ script }) => isKernels(script))) {
    return 'Debugger.stepOut';
  }
  // Node calls the user's code again and again, and spends most of the time on that.
  const isNodesAlone = users < 0 && !found.some(({ script }) => isKernels(script));
  return isNodesAlone && steps++ < STEPS ? 'Debugger.stepInto' : undefined;
}

// Not before: V8 takes no request to pause while it still stands at the last one.
inspector.on('Debugger.resumed', () => {
  isPausing = isStepping;
});

function askForPause(): void {
  if (frames.length > 0 && Date.now() - cutAt < AGAIN) return;
  if (isPausing && Date.now() - askedAt < ANSWER) return;
  isPausing = true;
  askedAt = Date.now();
  isStepping = false;
  steps = 0;
  inspector.post('Debugger.enable');
  inspector.post('Debugger.pause');
}

function frameOf({ functionName, location }: Debugger.CallFrame): InterruptedFrame {
  const { scriptId, lineNumber, columnNumber } = location;
  const script = scripts.get(scriptId) ?? '';
  return { script, name: functionName, line: lineNumber, column: columnNumber ?? 0 };
}

const isRequested = () => Atomics.load(flags, flag.requested) === 1;

async function isDealtWithIn(milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; isRequested() && Date.now() < until;) {
    await sleep(LOOK);
  }
  return !isRequested();
}

/** The last cell whose interrupt has been dealt with. */
let dealtWith = 0;
let dealtAt = 0;

async function interrupt(cell: number): Promise<void> {
  // Impatient people press the button many times.
  if (cell !== 0 && cell === dealtWith && Date.now() - dealtAt < IMPATIENCE) return;
  const began = Date.now();
  let isStuck = false;
  current = cell;
  frames = [];
  Atomics.store(flags, flag.cut, 0);
  Atomics.store(flags, flag.requested, 1);
  port.postMessage({ cell, frames });
  while (!(await isDealtWithIn(GRACE))) {
    // Whoever was to hear it may have been cut short as well.
    if (frames.length > 0) port.postMessage({ cell, frames });
    if (Atomics.load(flags, flag.busy) === 0) askForPause();
    if (!isStuck && Date.now() - began > STUCK) {
      // It hangs in native code, most likely waiting for a program.
      isStuck = true;
      interruptPrograms();
    }
  }
  inspector.post('Debugger.disable');
  isPausing = false;
  dealtWith = cell;
  dealtAt = Date.now();
}

/** Interrupts are dealt with one after another. */
let queue = Promise.resolve();
const pipe = new Socket({ fd: pipes.interrupts, readable: true, writable: false });
pipe.on(
  'data',
  jsonReader<{ cell: number }>(({ cell }) => {
    queue = queue.then(() => interrupt(cell));
  }),
);
// The front process is gone, and nobody is left to talk to.
pipe.on('close', () => process.kill(-process.pid, 'SIGKILL'));
