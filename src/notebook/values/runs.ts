import type { Trajectory } from '../../flows/index.js';
import type { TrainingRow } from '../../training/rows.js';
import { counted } from '../../text/numbers.js';
import { numberText } from '../number-text.js';
import type { MimeBundle } from '../jupyter-display.js';
import { field, hasFields, isArray, isCount, isFloat64, isObject, isText } from './fields.js';
import { shownRows, summary, type TextTable } from './text-table.js';

const FLOW_COLUMNS = [
  ['α', 'alpha'],
  ['log ‖θ‖', 'logNorm'],
  ['smallest margin', 'smallestMargin'],
  ['path length', 'pathLength'],
] as const;

const TRAINING_COLUMNS = [
  ['epoch', 'epoch'],
  ['step', 'step'],
  ['α', 'alpha'],
  ['log ‖θ‖', 'logNorm'],
  ['training error', 'trainingError'],
  ['test error', 'testError'],
  ['path length', 'pathLength'],
] as const;

/**
 * A run as a table of its first and last rows: trajectories, results of flows and of trainings, and
 * the records of experiments that hold one. Undefined for anything else.
 */
export function runBundle(value: unknown): MimeBundle | undefined {
  return flowBundle(value) ?? flowBundle(field(value, 'result')) ?? trainingBundle(value);
}

function flowBundle(value: unknown): MimeBundle | undefined {
  if (isTrajectory(value)) return summary([sizeText('Trajectory', value)], flowTable(value));
  const [status, message] = [field(value, 'status'), field(value, 'message')];
  const trajectory = field(value, 'trajectory');
  if (!isText(status) || !isText(message) || !isTrajectory(trajectory)) return undefined;
  const counts = field(value, 'counts');
  const [accepted, rejected] = [field(counts, 'accepted'), field(counts, 'rejected')];
  const steps =
    isCount(accepted) && isCount(rejected)
      ? [`${counted(accepted, 'step')}, ${counted(rejected, 'attempt')} undone.`]
      : [];
  const heading = `${sizeText('Run', trajectory)}: ${status}`;
  return summary([heading, message, ...steps], flowTable(trajectory));
}

function sizeText(what: string, { alpha, parameters }: Trajectory): string {
  return `${what} of ${counted(alpha.length, 'row')}, ${counted(parameters, 'parameter')}`;
}

function flowTable(trajectory: Trajectory): TextTable | undefined {
  if (trajectory.alpha.length === 0) return undefined;
  return {
    headings: FLOW_COLUMNS.map(([heading]) => heading),
    rows: shownRows(trajectory.alpha.length, (k) =>
      FLOW_COLUMNS.map(([, name]) => numberText(trajectory[name][k], 5)),
    ),
  };
}

function isTrajectory(value: unknown): value is Trajectory {
  if (!hasFields(value, { alpha: isFloat64, directions: isFloat64, parameters: isCount })) {
    return false;
  }
  const { length } = field(value, 'alpha') as Float64Array;
  return FLOW_COLUMNS.every(([, name]) => {
    const column = field(value, name);
    return isFloat64(column) && column.length === length;
  });
}

function trainingBundle(value: unknown): MimeBundle | undefined {
  const [message, rows] = [field(value, 'message'), field(value, 'rows')];
  if (!isText(message) || !isArray(rows) || rows.length === 0) return undefined;
  if (!isTrainingRow(rows[0]) || !isTrainingRow(rows.at(-1))) return undefined;
  const status = field(value, 'status');
  const heading = `Training of ${counted(rows.length, 'row')}`;
  const number = (row: unknown, name: keyof TrainingRow) => {
    const found = field(row, name);
    return typeof found === 'number' ? numberText(found, 5) : '';
  };
  return summary([isText(status) ? `${heading}: ${status}` : heading, message], {
    headings: TRAINING_COLUMNS.map(([name]) => name),
    rows: shownRows(rows.length, (k) => TRAINING_COLUMNS.map(([, name]) => number(rows[k], name))),
  });
}

function isTrainingRow(value: unknown): boolean {
  return (
    isObject(value) && TRAINING_COLUMNS.every(([, name]) => typeof field(value, name) === 'number')
  );
}
