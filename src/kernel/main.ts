/** The kernel: `node dist/kernel/main.js CONNECTION_FILE`, which Jupyter starts. */
import { readConnection } from './connection.js';
import { startFront } from './front.js';

const [path, ...others] = process.argv.slice(2);
try {
  if (path === undefined || others.length > 0) {
    throw new Error('The kernel is started by Jupyter, with one argument: its connection file.');
  }
  await startFront(readConnection(path), () => process.exit(0));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
