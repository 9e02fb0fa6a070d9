import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Compiler } from './compiler.js';
import { uninterrupted } from './interrupts.js';
import { keepCompilerCode } from './typescript.js';

/** Milliseconds without a request after which the session has time. */
const IDLE = 150;
/** Requests after which a session that has not had the time yet does without. */
const MOST = 20;

/**
 * Loads the kit and its types while nothing else is asked for, where the notebook's folder has the kit:
 * most cells there import it. Call `busy` at each request.
 */
export function foreseeKit(
  compiler: Compiler,
  require: NodeJS.Require,
  isIdle: () => boolean,
): { busy(): void } {
  const steps = stepsFor(compiler, require);
  let timer: NodeJS.Timeout | undefined;
  let requests = 0;
  const later = () => {
    clearTimeout(timer);
    if (steps.length === 0) return;
    timer = setTimeout(() => {
      if (isIdle()) uninterrupted(steps.shift()!);
      later();
    }, IDLE);
    timer.unref();
  };
  later();
  return {
    busy() {
      if (++requests > MOST) steps.length = 0;
      later();
    },
  };
}

function stepsFor(compiler: Compiler, require: NodeJS.Require): (() => void)[] {
  const always = [() => compiler.warmUp(), keepCompilerCode];
  try {
    const fromHere = createRequire(join(process.cwd(), 'cell.js'));
    const root = dirname(fromHere.resolve('afterfit/package.json'));
    return [
      ...always,
      () => void require('afterfit'),
      () => compiler.foresee(join(root, 'dist', 'index.d.ts')),
    ];
  } catch {
    return always;
  }
}
