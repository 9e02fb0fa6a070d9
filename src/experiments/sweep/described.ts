import type { SweepTable } from '../../records/index.js';
import { sweepIn } from '../../specs/sweep-format.js';
import type { SweepSpec } from '../../specs/sweep.js';

/** The description of the sweep whose results these are. Throws one sentence where they do not have it. */
export function sweepOf({ about }: Pick<SweepTable, 'about'>): SweepSpec {
  if (about.sweep === undefined) throw new Error('The table does not say of which sweep it is.');
  return sweepIn(JSON.parse(about.sweep), 'the sweep of the table');
}
