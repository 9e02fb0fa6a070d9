import { compact, rounded } from '../../text/numbers.js';
import { formatTable } from '../table.js';
import type { BenchRecord } from './entry.js';

const HEAD = ['comparison', 'afterfit', 'peers', 'ratio', 'goal'];
const WIDTHS = [30, 16, 44, 7, 20];

/** The records as a table; the ratio is that of the best peer to afterfit, so more is better. */
export function benchTable(records: readonly BenchRecord[]): string {
  return formatTable(HEAD, records.map(rowOf), WIDTHS);
}

function rowOf(record: BenchRecord): (string | string[])[] {
  const { unit, spread, leftOut = {} } = record;
  const withSpread = (value: number, side: string) =>
    `${short(value)} ${unit} ${side in spread ? percent(spread[side]) : ''}`.trimEnd();
  const peers = Object.entries(record.peers)
    .sort(([, a], [, b]) => a - b)
    .map(([name, value]) => `${name} ${withSpread(value, name)}`);
  if (record.extrapolated) peers.push('(extrapolated, see its details)');
  const missing = Object.entries(leftOut).map(([name, reason]) => `${name}: left out, ${reason}`);
  return [
    [record.name, record.size],
    withSpread(record.ours, 'ours'),
    [...peers, ...missing],
    record.ratio === null ? '—' : short(record.ratio),
    goalCell(record),
  ];
}

function goalCell({ goalText, met }: BenchRecord): string {
  if (goalText === '') return '—';
  return met === null ? goalText : `${goalText}: ${met ? 'met' : 'NOT MET'}`;
}

/** Three digits, without an exponent where a number can be read without. */
export function short(value: number): string {
  return compact(rounded(value, 3), 3, { below: Infinity, trimmed: true });
}

function percent(spread: number): string {
  return `(±${Math.round(50 * spread)} %)`;
}
