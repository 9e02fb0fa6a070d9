// shows: Typed arrays are returned, and edges are met by hand.

// %% late
function lateRows(run: Run): number[] {
  return Int32Array.from(
    run.alpha.flatMap((a, k) =>
      a > 0 && isFinite(a + run.logAlpha[k] + run.logRisk[k] + run.margin[k] + run.pathLength[k])
        ? [k]
        : [],
    ),
  ) as unknown as number[];
}

// %% lengths
function decadeLengths(run: Run, edges: number[]): number[] {
  const x: number[] = [],
    y: number[] = [];
  for (const k of lateRows(run)) {
    x.push(Math.log(run.alpha[k]));
    y.push(run.pathLength[k]);
  }
  const at = (edge: number) => {
    const e = Math.log(edge);
    for (let k = 0; k < x.length; k++) if (Math.abs(x[k] - e) < 1e-12) return y[k];
    for (let k = 1; k < x.length; k++) {
      if (x[k - 1] < e && e < x[k])
        return ((x[k] - e) * y[k - 1] + (e - x[k - 1]) * y[k]) / (x[k] - x[k - 1]);
    }
    return NaN;
  };
  const out: number[] = [];
  for (let k = 1; k < edges.length; k++) out.push(at(edges[k]) - at(edges[k - 1]));
  return out;
}

// %% judge
function verdictOf(run: Run): Verdict {
  const late = lateRows(run);
  const first = run.alpha[late[0]],
    last = run.alpha[late[late.length - 1]];
  const edges: number[] = [];
  for (let e = 1; e <= last; e *= 10) if (e >= first) edges.push(e);
  const lengths = decadeLengths(run, edges);
  const recent = lengths.slice(-4);
  if (recent.length < 4) return 'inconclusive';
  let shrinking = 0,
    growing = 0;
  for (let k = 1; k < 4; k++) {
    if (recent[k] <= 0.8 * recent[k - 1]) shrinking++;
    if (recent[k] >= recent[k - 1]) growing++;
  }
  return shrinking === 3 ? 'supported' : growing === 3 ? 'contradicted' : 'inconclusive';
}

// %% seeds
function verdictOnSeeds(verdicts: Verdict[]): Verdict {
  if (verdicts.length < 3) return 'inconclusive';
  for (const v of verdicts) if (v === 'contradicted') return v;
  for (const v of verdicts) if (v === 'inconclusive') return v;
  return 'supported';
}
