/**
 * Learning rate over the epochs of a phase; `warmUp` epochs (default 0) rise linearly to `rate` in front.
 * - `constant`: `rate`
 * - `step`: `rate`·factor^m once m of the epochs in `at` (counted from 0) have begun
 * - `cosine`: from `rate` to `final` (default 0) along half a cosine, over the epochs after the warm-up
 */
export type Schedule = { readonly rate: number; readonly warmUp?: number } & (
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly at: readonly number[]; readonly factor: number }
  | { readonly kind: 'cosine'; readonly final?: number }
);

/** Rate of step `step` (from 0) of a phase of `epochs` epochs with `perEpoch` steps each. */
export function learningRate(
  schedule: Schedule,
  step: number,
  perEpoch: number,
  epochs: number,
): number {
  const { rate, warmUp = 0 } = schedule;
  const warm = warmUp * perEpoch;
  if (step < warm) return (rate * (step + 1)) / warm;
  switch (schedule.kind) {
    case 'constant':
      return rate;
    case 'step': {
      const epoch = Math.floor(step / perEpoch);
      return rate * schedule.factor ** schedule.at.filter((at) => epoch >= at).length;
    }
    case 'cosine': {
      const { final = 0 } = schedule;
      const share = (step - warm) / (epochs * perEpoch - warm);
      return final + ((rate - final) * (1 + Math.cos(Math.PI * share))) / 2;
    }
  }
}

/** Throws a sentence where a number of the schedule makes no sense; `where` names its place. */
export function requireSchedule(schedule: Schedule, epochs: number, where: string): void {
  const { rate, warmUp = 0 } = schedule;
  requirePositive(rate, `${where}.rate`);
  if (!(warmUp >= 0 && warmUp < epochs)) {
    throw new Error(
      `${where}.warmUp is ${warmUp}; expected a number of epochs from 0 to less than ${epochs}.`,
    );
  }
  if (schedule.kind === 'step') {
    requirePositive(schedule.factor, `${where}.factor`);
    const bad = schedule.at.find((epoch) => !(epoch >= 0));
    if (bad !== undefined) throw new Error(`${where}.at holds ${bad}; expected epochs from 0.`);
  }
  if (schedule.kind === 'cosine' && !((schedule.final ?? 0) >= 0)) {
    throw new Error(`${where}.final is ${schedule.final}; expected a number of at least 0.`);
  }
}

function requirePositive(value: number, where: string): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new Error(`${where} is ${value}; expected a positive number.`);
}
