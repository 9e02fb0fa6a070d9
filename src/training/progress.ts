/** Where a training is, for those who watch. */
export interface TrainingProgress {
  /** Phase, from 0. */
  readonly phase: number;
  readonly phases: number;
  readonly epoch: number;
  readonly step: number;
  /** log₁₀ of the summed risk; in an `sgd` phase of the last mini-batch's, times its share. */
  readonly log10Risk: number;
  /** α of the whole training set when it was last measured. */
  readonly alpha: number;
  /** α that the phase ends at, where it has one. */
  readonly untilAlpha: number | undefined;
  /** Smallest margin over ‖θ‖^L when it was last measured; undefined where there is no degree. */
  readonly normalizedMargin: number | undefined;
  /** Seconds until the phase ends, as estimated from its pace; undefined too early on. */
  readonly secondsLeft: number | undefined;
}

/** Estimates the seconds left of a phase from how fast it went lately. */
export interface Estimate {
  /** `fraction` of the phase's steps are done; α is on its way to `untilAlpha`, if there is one. */
  secondsLeft(fraction: number, alpha: number, untilAlpha: number | undefined): number | undefined;
}

/** How far back the pace is taken from, in seconds. */
const LATELY = 30;
/** No estimate from less than this. */
const SHORTEST = 1;

interface Moment {
  readonly at: number;
  readonly fraction: number;
  readonly logAlpha: number;
}

/** An estimate that looks at a clock, in milliseconds. */
export function estimate(clock: () => number = performance.now.bind(performance)): Estimate {
  let moments: Moment[] = [];
  return {
    secondsLeft(fraction, alpha, untilAlpha) {
      const now: Moment = { at: clock() / 1000, fraction, logAlpha: Math.log(alpha) };
      const last = moments.at(-1);
      if (!last || now.at - last.at >= SHORTEST / 2) moments.push(now);
      // One moment from before stays, so that a slow step does not leave nothing to compare with.
      const old = moments.filter(({ at }) => at < now.at - LATELY).length;
      moments = moments.slice(Math.max(0, old - 1));
      const then = moments[0];
      const seconds = now.at - then.at;
      if (!(seconds >= SHORTEST)) return undefined;
      const bySteps = ((1 - fraction) * seconds) / (fraction - then.fraction);
      const byAlpha =
        untilAlpha === undefined
          ? Infinity
          : ((Math.log(untilAlpha) - now.logAlpha) * seconds) / (now.logAlpha - then.logAlpha);
      const left = Math.min(bySteps, byAlpha >= 0 ? byAlpha : Infinity);
      return Number.isFinite(left) ? left : undefined;
    },
  };
}
