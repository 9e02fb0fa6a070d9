import { flag, number, required, text, valued, whole, type Values } from '../option.js';
import { USUAL_STEPS } from '../../specs/solver.js';
import { csvArguments, csvOptions, type CsvArguments } from './csv-arguments.js';
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

export const flowOptions = {
  out: required(text('RESULT.json', 'file for the result'), 'names the file for the result'),
  html: text('PAGE.html', 'a page that shows the result, in one file'),
  targets: valued('A,B,…', 'further values of α to report at, such as 1e6,1e8', targetsFrom),
  decades: whole('N', 'N targets beyond the last one, each ten times the one before', 1),
  'stop-at-last':
    flag(`ends at the last target; else a run from α of 10 on goes on, decade by decade up
to α = 1e16 and then by the equation that the flow obeys as α grows without
bound, until its limit can be certified`),
  'from-start': flag('solves the problem of a result again, from its theta0'),
  ...csvOptions,
  tolerance: number(
    'T',
    'largest error of the direction in a step, from 1e-14 to 0.01 (default 1e-9)',
    'a number from 1e-14 to 0.01',
    (value) => value >= 1e-14 && value <= 1e-2,
  ),
  'max-steps': whole('N', `largest number of steps (default ${USUAL_STEPS})`, 1),
};

/** Throws one sentence where the arguments make no sense together. */
export function flowArguments(
  values: Values<typeof flowOptions>,
  operands: readonly string[],
): FlowArguments {
  const csv = csvArguments(values);
  if (csv && operands.length > 0) {
    throw new Error(`Expected --csv or a problem file, got both: ${operands[0]} too.`);
  }
  if (!csv && operands.length !== 1) {
    throw new Error(`Expected one problem file, got ${operands.length}: ${flowUsage}.`);
  }
  const { out, html, tolerance, targets, decades } = values;
  return {
    problem: csv?.csv ?? operands[0],
    csv,
    out,
    html,
    tolerance,
    maxSteps: values['max-steps'],
    wishes: { targets, decades },
    fromStart: values['from-start'],
    stopAtLast: values['stop-at-last'],
  };
}
