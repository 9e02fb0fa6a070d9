/**
 * The one entry of every `npm run` script: `node src/setup/run.mjs <command> [arguments]`.
 * Node's own modules alone are imported here, so that it works before anything is installed.
 */
import { commands } from './commands.mjs';
import { say } from './progress.mjs';
import { Sentence } from './sentence.mjs';

const [name = '', ...args] = process.argv.slice(2);

try {
  const command = commands.get(name);
  if (!command) {
    const known = [...commands.keys()].join(', ');
    throw new Sentence(`There is no command "${name}": the commands are ${known}.`, 2);
  }
  process.exitCode = await command(args);
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  say(error.message);
  process.exitCode = error.status;
}
