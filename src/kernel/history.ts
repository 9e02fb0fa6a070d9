import type { z } from 'zod';
import type { historyRequest } from './requests.js';

/** A cell of this session: its number and what it says. */
interface Entry {
  readonly line: number;
  readonly source: string;
  output: string | null;
}

type Row = [session: number, line: number, source: string | [string, string | null]];

/** The session's own cells; those of earlier sessions are not kept. */
export interface History {
  add(line: number, source: string): void;
  /** Text of the last cell's result. */
  result(text: string): void;
  /** Rows as a history_reply carries them. */
  rows(request: z.infer<typeof historyRequest>): Row[];
}

/** Sessions are counted from 1, and this is the only one there is. */
const SESSION = 1;

export function createHistory(): History {
  const entries: Entry[] = [];
  return {
    add: (line, source) => void entries.push({ line, source, output: null }),
    result(text) {
      const last = entries.at(-1);
      if (last) last.output = text;
    },
    rows(request) {
      const found = chosen(entries, request);
      return found.map(({ line, source, output }): Row => {
        return [SESSION, line, request.output ? [source, output] : source];
      });
    },
  };
}

function chosen(entries: Entry[], request: z.infer<typeof historyRequest>): Entry[] {
  const most = request.n ?? Infinity;
  const last = (rows: Entry[]) => (most === Infinity ? rows : rows.slice(-most));
  switch (request.hist_access_type) {
    case 'tail':
      return most <= 0 ? [] : last(entries);
    case 'range': {
      // Session 0 is the current one, −1 the one before it, of which nothing is kept.
      if (request.session !== 0 && request.session !== SESSION) return [];
      const { start, stop } = request;
      return entries.filter(({ line }) => line >= start && (stop === null || line < stop));
    }
    case 'search': {
      const matches = entries.filter(({ source }) => globMatches(request.pattern, source));
      const kept = request.unique ? lastOfEach(matches) : matches;
      return most <= 0 ? [] : last(kept);
    }
  }
}

/**
 * Whether a text matches a pattern with * and ? as in file names. Only the last star is ever taken
 * back, so the time is at most the product of the two lengths, whatever the pattern.
 */
function globMatches(pattern: string, text: string): boolean {
  let [at, from, star, retry] = [0, 0, -1, 0];
  while (at < text.length) {
    if (from < pattern.length && pattern[from] === '*') [star, retry] = [from++, at];
    else if (from < pattern.length && (pattern[from] === '?' || pattern[from] === text[at])) {
      from++;
      at++;
    } else if (star >= 0) [from, at] = [star + 1, ++retry];
    else return false;
  }
  while (pattern[from] === '*') from++;
  return from === pattern.length;
}

function lastOfEach(entries: Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.source, entry])).values()];
}
