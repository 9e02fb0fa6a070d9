/** Brings the project up to date: carries out the steps whose inputs changed, and no other. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { readStamps, writeStamp } from './fingerprints.mjs';
import { takeLock } from './lock.mjs';
import { requireNode } from './machine.mjs';
import { say, startLine } from './progress.mjs';
import { Sentence } from './sentence.mjs';
import { steps } from './steps.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/** @param {Step} step */
function isCurrent(step) {
  if (readStamps()[step.name] !== step.inputs()) return false;
  return step.isPresent() || (step.problemFile !== undefined && existsSync(step.problemFile));
}

/** Lets the steps that failed and can be done without be tried again. */
export function forgetProblems() {
  for (const { problemFile } of steps) if (problemFile) rmSync(problemFile, { force: true });
}

/**
 * Keeps the reason why an optional step failed, and goes on; anything else ends the set-up.
 * @param {Step} step
 * @param {unknown} error
 */
function goOnWithout({ problemFile }, error) {
  const isInterruption = error instanceof Sentence && error.status !== 1;
  if (problemFile === undefined || !(error instanceof Error) || isInterruption) throw error;
  writeFileSync(problemFile, `${error.message}\n`);
  say(error.message);
}

/** @param {Step} step */
async function carryOut(step) {
  // The stamp goes first and comes back last: an interrupted step counts as not done.
  writeStamp(step.name, null);
  if (step.problemFile) rmSync(step.problemFile, { force: true });
  const inputs = step.inputs();
  const endLine = startLine(step.title);
  try {
    await step.run();
    // Inputs edited meanwhile are not what was built, unless the step itself makes one of them.
    if (!step.isPresent()) throw new Sentence(`The step "${step.name}" left nothing behind.`);
  } catch (error) {
    endLine('failed');
    goOnWithout(step, error);
    writeStamp(step.name, inputs);
    return;
  }
  writeStamp(step.name, inputs);
  endLine('done');
}

/**
 * @param {object} [options]
 * @param {string[]} [options.only] names of the steps to look at; all of them if left out
 * @param {Step[]} [options.among] the steps there are; the project's own if left out
 * @returns {Promise<boolean>} whether anything had to be done
 */
export async function ensureSetup({ only, among = steps } = {}) {
  requireNode();
  const wanted = among.filter((step) => !only || only.includes(step.name));
  if (wanted.every(isCurrent)) return false;
  const release = await takeLock((pid) =>
    say(`Another set-up (process ${pid}) is at work here; waiting for it.`),
  );
  try {
    // Looked at one by one under the lock: an earlier step, or another set-up, may change a later one.
    for (const step of wanted) if (!isCurrent(step)) await carryOut(step);
  } finally {
    release();
  }
  return true;
}
