import type { BenchRecord } from './entry.js';

/** What a trial of a kernel found; less is better. */
export interface Finding {
  /** Null where the kernel did not get there. */
  readonly value: number | null;
  /** The value in words, or why there is none. */
  readonly text: string;
  readonly seen?: Readonly<Record<string, unknown>>;
}

/** One thing that all kernels were tried on: a line of the table. */
export interface Row {
  readonly name: string;
  /** What was done, in words. */
  readonly size: string;
  /** Of the values: a unit, or what is counted. */
  readonly unit: string;
  /** By kernel; those that cannot do it at all, by their language, are not here. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** (largest − smallest) / median over the rounds, by kernel, where there are rounds. */
  readonly spread?: Readonly<Record<string, number>>;
}

/** The kernel that everything is compared with. */
export const OURS = 'afterfit';

/** Values this near to the best one are as good. */
const TIE = 1.05;

/** The kernels with the least value, and those as good; none where nobody got there. */
export function winners({ findings }: Row): string[] {
  const values = [...findings].flatMap(([name, { value }]) =>
    value === null ? [] : [{ name, value }],
  );
  const best = Math.min(...values.map(({ value }) => value));
  return values.filter(({ value }) => value <= best * TIE).map(({ name }) => name);
}

/** The row as a record. A kernel that did not get there is left out of it, with the reason. */
export function recordOf(row: Row): BenchRecord {
  const { findings, spread = {} } = row;
  const ours = findings.get(OURS) ?? { value: null, text: 'not tried' };
  const others = [...findings].filter(([name]) => name !== OURS);
  const peers = Object.fromEntries(
    others.flatMap(([name, { value }]) => (value === null ? [] : [[name, value]])),
  );
  const best = Math.min(...Object.values(peers));
  const known = ours.value !== null && ours.value > 0 && Number.isFinite(best);
  return {
    name: row.name,
    size: row.size,
    unit: row.unit,
    // Nothing is as bad as not getting there.
    ours: ours.value ?? Infinity,
    peers,
    ratio: known ? best / ours.value : null,
    goal: null,
    goalText: '',
    met: null,
    spread: Object.fromEntries(
      Object.entries(spread).map(([name, value]) => [name === OURS ? 'ours' : name, value]),
    ),
    details: {
      best: winners(row),
      shown: Object.fromEntries([...findings].map(([name, { text }]) => [name, text])),
      seen: Object.fromEntries([...findings].map(([name, { seen = {} }]) => [name, seen])),
      leftOut: Object.fromEntries(
        others.flatMap(([name, { value, text }]) => (value === null ? [[name, text]] : [])),
      ),
    },
  };
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The rows as a table in Markdown, the best in bold; kernels are the columns. */
export function markdownTable(kernels: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const best = winners(row);
    const cells = kernels.map((name) => {
      const found = row.findings.get(name);
      if (found === undefined) return '—';
      return best.includes(name) ? `**${cell(found.text)}**` : cell(found.text);
    });
    return [cell(row.size), ...cells];
  });
  const head = ['what', ...kernels];
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
