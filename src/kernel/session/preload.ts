import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Compiler } from './compile/compiler.js';
import { uninterrupted } from './interrupts.js';
import { keepCompilerCode } from './compile/typescript.js';

/** Milliseconds without a request after which the session has time. */
const IDLE = 150;
/** Requests after which a session that has not had the time yet does without. */
const MOST = 20;
/** Cells compiled to no end: Node makes code fast that has run a few times. */
const TRIALS = 6;
const TRIAL =
  'const [a, b] = [1, 2].map((x) => 2 * x);\nfor (let i = 0; i < 0; i++) a + b;\n({ a, b })';
const TRIAL_OF_KIT = `import * as kit from 'afterfit';\n${TRIAL}`;

/** How a cell imports the kit. */
const IMPORTS_KIT = /['"]afterfit['"/]/;

interface Preload {
  /** Call it at each request, with the code that it is about. */
  busy(code: string): void;
}

/**
 * Loads the kit and its types while nothing else is asked for, where the notebook's folder has the kit:
 * most cells there import it.
 */
export function preloadKit(
  compiler: Compiler,
  require: NodeJS.Require,
  isIdle: () => boolean,
): Preload {
  const kit = declarationsOfKit();
  let isPreloaded = false;
  const preload = () => {
    if (!isPreloaded && kit !== undefined) compiler.preload(kit);
    isPreloaded = true;
  };
  const tryOut = (code: string) => () => void compiler.compile(code);
  const steps = [tryOut(TRIAL), keepCompilerCode];
  if (kit !== undefined) {
    const trials = Array.from({ length: TRIALS }, () => tryOut(TRIAL_OF_KIT));
    steps.push(() => void require('afterfit'), preload, ...trials);
  }
  const attempt = (step: () => void) => {
    try {
      uninterrupted(step);
    } catch {
      // A kit that cannot be loaded is the business of the cell that imports it.
      steps.length = 0;
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let requests = 0;
  const later = () => {
    clearTimeout(timer);
    if (steps.length === 0) return;
    timer = setTimeout(() => {
      if (isIdle()) attempt(steps.shift()!);
      later();
    }, IDLE);
    timer.unref();
  };
  later();
  return {
    busy(code) {
      if (++requests > MOST) steps.length = 0;
      // All at once takes less time than what each of its imports adds.
      if (IMPORTS_KIT.test(code)) attempt(preload);
      later();
    },
  };
}

/** Where all types of the kit can be found from, if the notebook's folder has the kit. */
function declarationsOfKit(): string | undefined {
  try {
    const fromHere = createRequire(join(process.cwd(), 'cell.js'));
    return join(dirname(fromHere.resolve('afterfit/package.json')), 'dist', 'index.d.ts');
  } catch {
    return undefined;
  }
}
