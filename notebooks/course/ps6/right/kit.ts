// shows: The kit is called for what it has, and rows are taken one by one.

// %% late
function lateRows(run: Run): number[] {
  const rows: number[] = [];
  for (let k = 0; k < run.alpha.length; k++) {
    if (run.alpha[k] <= 0) continue;
    if (Object.values(run).every((c: number[]) => !Number.isNaN(c[k]) && Math.abs(c[k]) < Infinity))
      rows.push(k);
  }
  return rows;
}

// %% lengths
import { lengthPerDecade } from 'afterfit';
function decadeLengths(run: Run, edges: number[]): number[] {
  const rows = lateRows(run);
  const alpha = Float64Array.from(rows, (k) => run.alpha[k]);
  const path = Float64Array.from(rows, (k) => run.pathLength[k]);
  const found = lengthPerDecade({ alpha }, path, edges);
  return Float64Array.from(
    edges.slice(1),
    (to, k) => found.find((d) => d.from === edges[k] && d.to === to)?.length ?? NaN,
  ) as unknown as number[];
}

// %% judge
function verdictOf(run: Run): Verdict {
  const L: number[] = [];
  for (let k = 0; k < 30; k++) {
    const [length] = decadeLengths(run, [10 ** k, 10 ** (k + 1)]);
    if (Number.isNaN(length)) {
      if (L.length > 0) break;
      continue;
    }
    L.push(length);
  }
  if (L.length < 4) return 'inconclusive';
  const [a, b, c, d] = L.slice(-4);
  const r = [b / a, c / b, d / c];
  if (Math.max(...r) <= 0.8) return 'supported';
  if (Math.min(...r) >= 1) return 'contradicted';
  return 'inconclusive';
}

// %% seeds
function verdictOnSeeds(verdicts: Verdict[]): Verdict {
  const kinds = new Set(verdicts);
  if (verdicts.length > 2 && kinds.has('contradicted')) return 'contradicted';
  if (verdicts.length > 2 && kinds.size === 1 && kinds.has('supported')) return 'supported';
  return 'inconclusive';
}
