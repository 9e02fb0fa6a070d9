/** The session process of the kernel: it runs the user's code, and says what comes of it. */
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers';
import { jsonReader } from '../lines.js';
import { pipes, type SessionRequest } from '../session-messages.js';
import { cellOf, currentCell, inCell, leaveCell, tellCellsApart } from './cell-context.js';
import { interruptCell, runCell } from './cells.js';
import { send } from './channel.js';
import { createCompiler } from './compile/compiler.js';
import { completenessOf } from './completeness.js';
import { completionsOf } from './answers/completion.js';
import { connectDisplays } from './display.js';
import { createEvaluation } from './evaluation.js';
import { failureOf } from './error-messages.js';
import { tidyHeap } from './heap.js';
import { hasLeftovers, rememberOwnResources } from './open-resources.js';
import { preloadKit } from './preload.js';
import { inspectionOf } from './answers/inspection.js';
import { Interrupted, uninterrupted, watchInterrupts } from './interrupts.js';
import { rememberIntrinsics, withIntrinsics } from './intrinsics.js';
import { connectQuestions } from './questions.js';
import { nameCellsInStacks } from './stack-traces.js';
import { forwardStreams } from './streams.js';
import { followTimers, stopTimers } from './timers.js';

forwardStreams();
nameCellsInStacks();
const compiler = createCompiler(process.cwd());
const evaluation = createEvaluation(compiler, process.cwd());
connectDisplays();
connectQuestions();
followTimers();
rememberIntrinsics();

/** A cell may put something else in its place. */
const { nextTick } = process;

/** Thrown after an interrupt so that Node forgets the asynchronous contexts that were cut short. */
const balance = new Error('An interrupt was dealt with.');

/** SIGINT comes when a program that a cell waits for is interrupted; the cell is stopped otherwise. */
function ignoreSigint(): void {
  // Node takes its listeners away while a cell runs, and does not give them back where it is cut short.
  if (process.listenerCount('SIGINT') === 0) process.on('SIGINT', () => undefined);
}
ignoreSigint();

let wasInterrupted = false;

/** Milliseconds that an interrupted cell gets to tell its end. */
const PATIENCE = 500;

watchInterrupts((news) => {
  const { cell } = news;
  ignoreSigint();
  stopTimers();
  // Code that nobody waits for any more may go on when other cells run.
  wasInterrupted = true;
  tellCellsApart(true);
  interruptCell(news, evaluation);
  if (cell === 0) return;
  // Cutting code short may have cut off who waits for it as well: then the answer comes from here.
  setTimeout(() => {
    if (serving?.cell !== cell) return;
    evaluation.forget();
    conclude(serving.id, { status: 'error', ...failureOf(new Interrupted()) });
  }, PATIENCE);
  nextTick(() => {
    throw balance;
  });
});

/** An error that no code of a cell caught: it ends the cell where that runs, and else is shown below. */
function uncaught(error: unknown, cell: number): void {
  if (error === balance) return;
  if (cell === evaluation.running() && evaluation.abandon(error)) return;
  send({ kind: 'output', cell, type: 'error', content: failureOf(error) });
}

/** Node ends a process whose errors nobody takes; a cell may have removed all who do. */
function takeErrors(): void {
  if (process.listenerCount('uncaughtException') === 0) {
    process.on('uncaughtException', (error) => uncaught(error, currentCell()));
  }
  if (process.listenerCount('unhandledRejection') === 0) {
    process.on('unhandledRejection', (reason, promise) => uncaught(reason, cellOf(promise)));
  }
}
takeErrors();

async function answer(request: SessionRequest): Promise<object> {
  switch (request.kind) {
    case 'execute':
      return runCell(request, { evaluation, compiler });
    case 'complete':
      return completionsOf(compiler, request.code, request.cursor);
    case 'inspect': {
      const { code, cursor, detail } = request;
      const data = inspectionOf(compiler, evaluation, code, cursor, detail);
      return { status: 'ok', found: data !== undefined, data: data ?? {}, metadata: {} };
    }
    case 'is_complete':
      return completenessOf(request.code);
  }
}

/** The request that is being served, and the cell that it is about. */
let serving: { readonly id: number; readonly cell: number } | undefined;

const preload = preloadKit(compiler, evaluation.require, () => serving === undefined);

/** Sends the result of a request, unless it has one. */
function conclude(id: number, result: object): void {
  if (serving?.id !== id) return;
  serving = undefined;
  leaveCell();
  try {
    send({ kind: 'result', id, result });
  } catch (error) {
    send({ kind: 'result', id, result: { status: 'error', ...failureOf(error) } });
  }
}

async function serve({ id, ...request }: SessionRequest & { id: number }): Promise<void> {
  serving = { id, cell: request.kind === 'execute' ? request.cell : 0 };
  let result: object;
  try {
    preload.busy('code' in request ? request.code : '');
    takeErrors();
    if (request.kind === 'execute') tellCellsApart(wasInterrupted || hasLeftovers());
    result = await answer(request);
  } catch (error) {
    result = { status: 'error', ...failureOf(error) };
  }
  conclude(id, result);
  // The result is on its way already.
  if (request.kind === 'execute') uninterrupted(tidyHeap);
}

const requests = new Socket({ fd: pipes.requests, readable: true, writable: false });
const read = jsonReader<SessionRequest & { id: number }>((request) => {
  void inCell(0, () => serve(request));
});
requests.on('data', (bytes: Buffer) => withIntrinsics(() => read(bytes)));
// The front process is gone: there is nobody to work for, nor for the programs that cells started.
requests.on('close', () => process.kill(-process.pid, 'SIGKILL'));

rememberOwnResources();
send({ kind: 'ready' });
