/** Hooks of Node's loader, on a thread of their own: TypeScript beside the notebook is run as JavaScript. */
import { readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { besideResolution, freshCode, moduleOf, typedPath, type BesideState } from './state.js';

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
  const found = besideResolution(name, context, state);
  if (!found) return await next(name, context);
  const { url, isTyped, importAttributes } = found;
  if (isTyped) return { url, shortCircuit: true };
  return await next(url, { ...context, importAttributes } as typeof context);
};

export const load: LoadHook = async (url, context, next) => {
  const path = typedPath(url);
  if (path === undefined) return await next(url, context);
  catchUp();
  const known = freshCode(path, state);
  if (known !== undefined) return { ...moduleOf(known), shortCircuit: true };
  const { transpiled } = await import('./transpile.js');
  const code = transpiled(path, readFileSync(path, 'utf8'));
  return { ...moduleOf(code), shortCircuit: true };
};
