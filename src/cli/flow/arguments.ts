import { parseCommandLine, wholeNumber } from '../command-line.js';

/** What `npm run flow` was asked to do. */
export interface FlowArguments {
  readonly problem: string;
  readonly out: string;
  /** Undefined: the default for the network. */
  readonly tolerance?: number;
  readonly maxSteps: number;
}

export const flowUsage =
  'npm run flow -- PROBLEM.json --out RESULT.json [--tolerance T] [--max-steps N]';

const MAX_STEPS = 20_000;

export const flowHelp = `${flowUsage}

Follows the gradient flow of a problem through its targets and looks for its limit.

  --out RESULT.json  file for the result
  --tolerance T      largest error of the direction in a step, from 1e-14 to 0.01 (default 1e-9;
                     with ReLU 1e-10, and at most 1e-9)
  --max-steps N      largest number of steps (default ${MAX_STEPS})
  --help             shows this text

Exit status: 0 when the run reached its last target, 1 when it ended before (what it reached is
written), 2 when the input is wrong (nothing is written), 130 after Ctrl-C (what it reached is
written).`;

/** Throws one sentence where the arguments make no sense; undefined where help is asked for. */
export function flowArguments(args: readonly string[]): FlowArguments | undefined {
  const { values, positionals } = parseCommandLine(args, {
    out: { type: 'string' },
    tolerance: { type: 'string' },
    'max-steps': { type: 'string' },
    help: { type: 'boolean' },
  });
  if (values.help) return undefined;
  if (positionals.length !== 1) {
    throw new Error(`Expected one problem file, got ${positionals.length}: ${flowUsage}.`);
  }
  if (!values.out) throw new Error(`--out names the file for the result: ${flowUsage}.`);
  const steps = values['max-steps'];
  return {
    problem: positionals[0],
    out: values.out,
    tolerance: values.tolerance === undefined ? undefined : toleranceFrom(values.tolerance),
    maxSteps: steps === undefined ? MAX_STEPS : wholeNumber('--max-steps', steps, 1),
  };
}

function toleranceFrom(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 1e-14 && value <= 1e-2) return value;
  throw new Error(`--tolerance is '${text}'; expected a number from 1e-14 to 0.01.`);
}
