import { readFileSync } from 'node:fs';
import { z } from 'zod';

const port = z.number().int().min(0).max(65535);

const connectionFile = z.object({
  transport: z.enum(['tcp', 'ipc']).default('tcp'),
  ip: z.string().min(1),
  shell_port: port,
  iopub_port: port,
  stdin_port: port,
  control_port: port,
  hb_port: port,
  key: z.string().default(''),
  signature_scheme: z.string().default('hmac-sha256'),
});

/** Where a client expects the five sockets, and the key that signs messages; '' means unsigned. */
export type Connection = z.infer<typeof connectionFile>;

export type SocketName = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb';

/** Reads the file that Jupyter writes for a kernel. Throws one sentence that names the file. */
export function readConnection(path: string): Connection {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The connection file ${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const read = connectionFile.safeParse(written);
  if (!read.success) {
    const { path: at, message } = read.error.issues[0];
    throw new Error(`The connection file ${path} is wrong at '${at.join('.')}': ${message}.`);
  }
  if (read.data.signature_scheme !== 'hmac-sha256') {
    const scheme = read.data.signature_scheme;
    throw new Error(
      `The connection file ${path} asks for ${scheme}; hmac-sha256 is what there is.`,
    );
  }
  return read.data;
}

/** The ZeroMQ address of a socket. */
export function addressOf(connection: Connection, socket: SocketName): string {
  const number = connection[`${socket}_port`];
  // An ipc address is a file: the port is part of its name.
  const separator = connection.transport === 'tcp' ? ':' : '-';
  return `${connection.transport}://${connection.ip}${separator}${number}`;
}
