/**
 * A program that `npm run bench` starts before the first comparison that needs a peer: it makes the
 * peers' virtual environment where that is not there yet, and prints the path of its Python.
 */
import { benchSteps } from './bench-steps.mjs';
import { ensureSetup } from './ensure.mjs';
import { benchPython } from './environment.mjs';
import { say } from './progress.mjs';
import { Sentence } from './sentence.mjs';

try {
  await ensureSetup({ among: benchSteps });
  process.stdout.write(`${benchPython}\n`);
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  say(error.message);
  process.exitCode = error.status;
}
