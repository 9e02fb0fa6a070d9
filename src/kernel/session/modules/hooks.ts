/** Hooks of Node's loader, on a thread of their own: TypeScript beside the notebook is run as JavaScript. */
import { readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import {
  besideAddress,
  isAddress,
  moduleOf,
  timeOf,
  typedPath,
  type BesideState,
} from './state.js';

let state: BesideState;
let port: MessagePort;

export const initialize: InitializeHook<{ state: BesideState; port: MessagePort }> = (given) => {
  ({ state, port } = given);
};

/** Reads what has changed: it was sent before what is asked for now. */
function catchUp(): void {
  for (let news = receiveMessageOnPort(port); news; news = receiveMessageOnPort(port)) {
    state = news.message as BesideState;
  }
}

export const resolve: ResolveHook = async (name, context, next) => {
  catchUp();
  const url = isAddress(name) ? name : besideAddress(name, context.parentURL, state);
  if (url === undefined) return await next(name, context);
  if (typedPath(url) !== undefined) return { url, shortCircuit: true };
  const importAttributes = /\.json\?/.test(url) ? { type: 'json' } : context.importAttributes;
  return await next(url, { ...context, importAttributes });
};

export const load: LoadHook = async (url, context, next) => {
  const path = typedPath(url);
  if (path === undefined) return await next(url, context);
  catchUp();
  const known = state.code.get(path);
  if (known?.time === timeOf(path)) return { ...moduleOf(known.text), shortCircuit: true };
  const { transpiled } = await import('./transpile.js');
  const code = transpiled(path, readFileSync(path, 'utf8'));
  return { ...moduleOf(code), shortCircuit: true };
};
