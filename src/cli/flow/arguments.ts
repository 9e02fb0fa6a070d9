import { parseCommandLine, wholeNumber } from '../command-line.js';
import { USUAL_STEPS } from '../../specs/solver.js';
import { csvArguments, csvHelp, csvOptions, type CsvArguments } from './csv-arguments.js';
import { targetsFrom, type TargetWishes } from './targets.js';

/** What `npm run flow` was asked to do. */
export interface FlowArguments {
  /** The file with the problem, or the table that it is made of. */
  readonly problem: string;
  readonly csv?: CsvArguments;
  readonly out: string;
  /** Undefined: the default for the network. */
  readonly tolerance?: number;
  /** Undefined: that of the problem, or the usual one. */
  readonly maxSteps?: number;
  readonly wishes: TargetWishes;
  /** Solves the problem of a result again in place of going on from its last point. */
  readonly fromStart: boolean;
  /** Ends at the last target, whether or not the limit can be certified from there. */
  readonly stopAtLast: boolean;
  /** A file for a page with pictures of the result. */
  readonly html?: string;
}

export const flowUsage = 'npm run flow -- PROBLEM.json --out RESULT.json [options]';

export const flowHelp = `${flowUsage}
npm run flow -- --csv FILE.csv --network FORM --out RESULT.json [options]

Follows the gradient flow of a problem through its targets and looks for its limit. A result is a
problem too: the run goes on from its last point to the targets that are still ahead. PROBLEM.json holds
all numbers, or says where the data are and how the start is drawn.

  --out RESULT.json  file for the result
  --html PAGE.html   a page that shows the result, in one file
  --targets A,B,…    further values of α to report at, such as 1e6,1e8
  --decades N        N targets beyond the last one, each ten times the one before
  --stop-at-last     ends at the last target; else a run from α of 10 on goes on, decade by decade up
                     to α = 1e16 and then by the equation that the flow obeys as α grows without
                     bound, until its limit can be certified
  --from-start       solves the problem of a result again, from its theta0
${csvHelp}
  --tolerance T      largest error of the direction in a step, from 1e-14 to 0.01 (default 1e-9)
  --max-steps N      largest number of steps (default ${USUAL_STEPS})
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
    targets: { type: 'string' },
    decades: { type: 'string' },
    'from-start': { type: 'boolean' },
    'stop-at-last': { type: 'boolean' },
    html: { type: 'string' },
    ...csvOptions,
    help: { type: 'boolean' },
  });
  if (values.help) return undefined;
  const csv = csvArguments(values);
  if (csv && positionals.length > 0) {
    throw new Error(`Expected --csv or a problem file, got both: ${positionals[0]} too.`);
  }
  if (!csv && positionals.length !== 1) {
    throw new Error(`Expected one problem file, got ${positionals.length}: ${flowUsage}.`);
  }
  if (!values.out) throw new Error(`--out names the file for the result: ${flowUsage}.`);
  const { 'max-steps': steps, targets, decades } = values;
  return {
    problem: csv?.csv ?? positionals[0],
    csv,
    out: values.out,
    tolerance: values.tolerance === undefined ? undefined : toleranceFrom(values.tolerance),
    maxSteps: steps === undefined ? undefined : wholeNumber('--max-steps', steps, 1),
    wishes: {
      targets: targets === undefined ? undefined : targetsFrom(targets),
      decades: decades === undefined ? undefined : wholeNumber('--decades', decades, 1),
    },
    html: values.html,
    fromStart: values['from-start'] === true,
    stopAtLast: values['stop-at-last'] === true,
  };
}

function toleranceFrom(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 1e-14 && value <= 1e-2) return value;
  throw new Error(`--tolerance is '${text}'; expected a number from 1e-14 to 0.01.`);
}
