import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsedJson } from '../../kernel/lines.js';

/** What was found of one submission, and of which. */
export interface Entry {
  readonly student: string;
  /** Tells this file and these tests from others. */
  readonly key: string;
  readonly earned: number;
  readonly possible: number;
  /** Whether somebody has to give more points. */
  readonly byHand: boolean;
  readonly sandbox: boolean;
  /** Why it was not graded at all, or could not be. */
  readonly refused?: string;
  readonly failed?: string;
  readonly notes: readonly string[];
}

const fileOf = (course: string, set: string) => join(course, 'journal', `${set}.jsonl`);

/** The last entry of each student. A line that was being written when its process ended does not count. */
export function readJournal(course: string, set: string): Map<string, Entry> {
  const file = fileOf(course, set);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const entries = lines.map((line) => parsedJson(line) as Entry | undefined);
  return new Map(entries.flatMap((entry) => (entry ? [[entry.student, entry] as const] : [])));
}

/** Adds an entry; a line that was left open is closed first. */
export function addToJournal(course: string, set: string, entry: Entry): void {
  appendFileSync(fileOf(course, set), `\n${JSON.stringify(entry)}\n`);
}

/** An entry as a line of the report. */
export function reportLine({
  student,
  earned,
  possible,
  byHand,
  refused,
  failed,
  notes,
}: Entry): string {
  const name = student.padEnd(20);
  if (failed !== undefined) return `${name}  not graded: ${failed}`;
  const hand = byHand ? ', more by hand' : '';
  const points = `${earned} of ${possible}${hand}`.padEnd(24);
  if (refused !== undefined) return `${name}  ${points}  refused: ${refused}`;
  const said = notes.length === 0 ? '' : `  ${notes.slice(0, 3).join('; ')}${notes.length > 3 ? ` and ${notes.length - 3} more` : ''}`; // prettier-ignore
  return `${name}  ${points}${said}`.trimEnd();
}
