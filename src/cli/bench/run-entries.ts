import { dirname } from 'node:path';
import { Interrupted } from '../../experiments/settings.js';
import { sentenceOf } from '../files.js';
import type { LiveLine } from '../live-line.js';
import { Refusal, type BenchEntry, type BenchRecord, type Tools } from './entry.js';
import type { Peers } from './peers.js';
import { short } from './report.js';
import { dropResult, readResults, saveResult } from './results.js';

export interface BenchOptions {
  readonly rounds: number;
  /** The file of results. */
  readonly out: string;
}

export interface BenchRun {
  readonly records: readonly BenchRecord[];
  /** One sentence for each thing that went wrong. */
  readonly failures: readonly string[];
}

/**
 * Runs the entries one after the other and writes each record as soon as it is there. An entry that
 * fails does not keep the others from running; no peer outlives its entry.
 */
export async function runEntries(
  entries: readonly BenchEntry[],
  options: BenchOptions,
  peers: Peers,
  line: LiveLine,
): Promise<BenchRun> {
  readResults(options.out);
  const records: BenchRecord[] = [];
  const failures: string[] = [];
  const tools: Tools = {
    rounds: options.rounds,
    folder: dirname(options.out),
    peer: peers.peer,
    update: (text) => line.update(text),
  };
  for (const entry of entries) {
    try {
      for await (const record of entry.run(tools)) {
        saveResult(options.out, record);
        records.push(record);
        line.say(lineOf(record));
        if (isAlone(record)) failures.push(aloneSentence(record));
      }
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      if (error instanceof Refusal) dropResult(options.out, error.record);
      const sentence = sentenceOf(error);
      failures.push(error instanceof Refusal ? sentence : `${entry.name}: ${sentence}`);
      line.say(failures.at(-1)!);
    } finally {
      peers.closeAll();
    }
  }
  return { records, failures };
}

/** Whether a record lacks the peers that it was to be compared with. */
function isAlone({ ratio, leftOut }: BenchRecord): boolean {
  return ratio === null && Object.keys(leftOut ?? {}).length > 0;
}

function aloneSentence({ name, size, leftOut }: BenchRecord): string {
  const reasons = Object.entries(leftOut ?? {}).map(([peer, reason]) => `${peer} (${reason})`);
  return `${name}, ${size}: no peer took part: ${reasons.join(', ')}.`;
}

function lineOf({ name, size, ours, unit, ratio }: BenchRecord): string {
  const compared = ratio === null ? '' : `, ratio ${short(ratio)}`;
  return `${name}, ${size}: ${short(ours)} ${unit}${compared}`;
}
