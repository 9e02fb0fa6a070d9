import { runCommand } from './command.js';
import { commands } from './commands.js';

/** `node dist/cli/main.js NAME [arguments]`, which is what `npm run NAME` comes to. */
async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const load = commands.get(name);
  if (load) return runCommand(await load(), args);
  console.error(
    `There is no command '${name}'; expected one of ${[...commands.keys()].join(', ')}.`,
  );
  return 2;
}

void main(process.argv.slice(2)).then((status) => (process.exitCode = status));
