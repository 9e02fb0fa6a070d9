/** The kernel: `node dist/kernel/main.js CONNECTION_FILE`, which Jupyter starts. */
import { startSessionEarly } from './session-process.js';

// `jupyter run` passes on what it was given itself, the names of its files, which are no business of ours.
const [path] = process.argv.slice(2);
try {
  if (path === undefined) {
    throw new Error(
      'The kernel is started by Jupyter, which gives it the name of a connection file.',
    );
  }
  // It takes longest to be ready, so it starts before the rest is even loaded.
  const session = startSessionEarly();
  const { readConnection } = await import('./connection.js');
  const connection = readConnection(path);
  const { startFront } = await import('./front.js');
  const { handlersFor } = await import('./dispatch.js');
  await startFront(connection, handlersFor(session), () => process.exit(0));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
