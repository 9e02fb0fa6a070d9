import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  npz: 'application/octet-stream',
};

export interface Site {
  /** 'http://127.0.0.1:PORT/'. */
  readonly address: string;
  close(): void;
}

/** Serves files by their names to a browser on this machine, and nothing else. */
export async function serveSite(files: ReadonlyMap<string, string | Uint8Array>): Promise<Site> {
  const server = createServer(({ url = '/' }, answer) => {
    const name = url === '/' ? 'index.html' : url.slice(1);
    const content = files.get(name);
    const type = TYPES[name.split('.').at(-1)!] ?? 'text/plain';
    answer.writeHead(content === undefined ? 404 : 200, { 'content-type': type }).end(content);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}/`, close };
}
