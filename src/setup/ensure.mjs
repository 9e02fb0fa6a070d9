/** Brings the project up to date: carries out the steps whose inputs changed, and no other. */
import { readStamps, writeStamp } from './fingerprints.mjs';
import { takeLock } from './lock.mjs';
import { requireNode } from './machine.mjs';
import { say, startLine } from './progress.mjs';
import { Sentence } from './sentence.mjs';
import { steps } from './steps.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/** @param {Step} step */
function isCurrent(step) {
  return readStamps()[step.name] === step.inputs() && step.isPresent();
}

/** @param {Step} step */
async function carryOut(step) {
  // The stamp goes first and comes back last: an interrupted step counts as not done.
  writeStamp(step.name, null);
  const inputs = step.inputs();
  const endLine = startLine(step.title);
  try {
    await step.run();
    // Inputs edited meanwhile are not what was built, unless the step itself makes one of them.
    if (!step.isPresent()) throw new Sentence(`The step "${step.name}" left nothing behind.`);
  } catch (error) {
    endLine('failed');
    throw error;
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
