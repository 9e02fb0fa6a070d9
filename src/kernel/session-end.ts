import type { Failure } from './session-messages.js';

/** Tells a reader why a process never came to run code. */
export function explainFailedStart(code: number | null, signal: NodeJS.Signals | null): Failure {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  const evalue =
    `The process that runs the code did not start: it ${how}; what it printed says why. ` +
    'The next cell tries again.';
  return failure(evalue);
}

/** Tells a reader why the process that ran the code is gone, and what that means for the variables. */
export function explainEnd(
  code: number | null,
  signal: NodeJS.Signals | null,
  lastWords: string,
): Failure {
  const evalue = `${reason(code, signal, lastWords)} The session was restarted: its variables are gone.`;
  return failure(evalue);
}

/** Tells a reader that the process could not be talked to any more, and was ended. */
export function explainBroken(): Failure {
  return failure(
    'The code closed file descriptors that are the kernel’s own, so its process was ended. ' +
      'The session was restarted: its variables are gone.',
  );
}

function failure(evalue: string): Failure {
  return { ename: 'SessionEnded', evalue, traceback: [`SessionEnded: ${evalue}`] };
}

function reason(code: number | null, signal: NodeJS.Signals | null, lastWords: string): string {
  if (/out of memory|OOM|Array buffer allocation failed/i.test(lastWords)) {
    return (
      'The code ran out of memory (AFTERFIT_KERNEL_HEAP sets how much there is, in megabytes: set ' +
      'it before Jupyter is started).'
    );
  }
  const fatal = /FATAL ERROR: (.*)/.exec(lastWords)?.[1];
  if (fatal) return `Node ended with a fatal error: ${fatal}.`;
  if (signal === 'SIGKILL') {
    return 'The process that ran the code was killed (SIGKILL): often the system had run out of memory.';
  }
  if (signal) return `The process that ran the code was ended by ${signal}.`;
  if (code === null) return `The process that runs the code is not there: ${lastWords}.`;
  return `The code ended its process with process.exit(${code}).`;
}
