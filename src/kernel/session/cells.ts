import { setImmediate } from 'node:timers';
import { mimeBundleOf } from '../../notebook/mime-bundle.js';
import { metadataFor } from '../../notebook/output-metadata.js';
import type { ExecuteOutcome, SessionRequest } from '../session-messages.js';
import { enterCell } from './cell-context.js';
import { send } from './channel.js';
import { tellCellEnd } from './display.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { failureOf } from './error-messages.js';
import { Interrupted, isInterrupting, type InterruptNews } from './interrupts.js';
import { OwnPromise as Promise, withIntrinsics } from './intrinsics.js';
import { placeInStack } from './stack-traces.js';
import { runMagic, type Magics } from './magics.js';

type ExecuteRequest = Extract<SessionRequest, { kind: 'execute' }>;

/** The last cell that was interrupted: that can happen before it has come here. */
let interrupted = 0;

/** Gives up that cell, now or when it comes. */
export function interruptCell({ cell, frames }: InterruptNews, evaluation: Evaluation): void {
  interrupted = Math.max(interrupted, cell);
  if (cell !== evaluation.running()) return;
  const error = new Interrupted();
  placeInStack(error, frames);
  evaluation.abandon(error);
}

/** Runs a cell: its code or its command, its result, and the expressions asked for with it. */
export async function runCell(request: ExecuteRequest, magics: Magics): Promise<ExecuteOutcome> {
  const { evaluation } = magics;
  const { cell, label, code, silent } = request;
  await interruptsDealtWith();
  if (interrupted >= cell) return { status: 'error', ...failureOf(new Interrupted()) };
  enterCell(cell);
  const isInterrupted = () => interrupted >= cell;
  const magic = await withIntrinsics(() => runMagic(request, magics, isInterrupted));
  const run = () => evaluation.evaluate(cell, label, code);
  const evaluated = magic?.evaluated ?? (await withIntrinsics(run));
  const outcome = await shown(evaluated, (bundle) => {
    if (silent) return;
    const metadata = metadataFor(bundle);
    const content = { execution_count: Number(label), data: bundle, metadata };
    send({ kind: 'output', cell, type: 'execute_result', content });
  });
  const user_expressions: Record<string, object> = {};
  if (!outcome) {
    for (const [name, expression] of Object.entries(request.expressions)) {
      user_expressions[name] = await expressed(evaluation, cell, label, expression);
    }
  }
  await interruptsDealtWith();
  const wasInterrupted = outcome?.thrown instanceof Interrupted;
  tellCellEnd(cell, wasInterrupted ? 'interrupted' : outcome ? 'error' : 'ok');
  if (outcome) return { status: 'error', ...failureOf(outcome.thrown) };
  return { status: 'ok', payload: magic?.payload ?? [], user_expressions };
}

/** Hands the value's forms to `show`; what was thrown, by the code or in making its forms. */
async function shown(
  evaluated: Evaluated,
  show: (bundle: Record<string, unknown>) => void,
): Promise<{ thrown: unknown } | undefined> {
  if ('thrown' in evaluated) return evaluated;
  if (evaluated.value === undefined || evaluated.value === null) return undefined;
  try {
    const { value } = evaluated;
    show(await withIntrinsics(() => mimeBundleOf(value)));
    return undefined;
  } catch (thrown) {
    return { thrown };
  }
}

async function expressed(
  evaluation: Evaluation,
  cell: number,
  label: string,
  expression: string,
): Promise<object> {
  const evaluated = await evaluation.evaluate(cell, label, `(${expression}\n)`);
  if ('thrown' in evaluated) return { status: 'error', ...failureOf(evaluated.thrown) };
  return { status: 'ok', data: await mimeBundleOf(evaluated.value), metadata: {} };
}

/**
 * Waits until an interrupt that stopped the cell has been dealt with, so that it does not stop the next
 * one as well.
 */
async function interruptsDealtWith(): Promise<void> {
  while (isInterrupting()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
