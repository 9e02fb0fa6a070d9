/** What the command line says of targets. */
export interface TargetWishes {
  readonly targets?: readonly number[];
  /** So many targets beyond the last one, each ten times the one before. */
  readonly decades?: number;
}

/**
 * The targets of a file with those that are wished for besides, increasing. Decades count from the last of
 * them, or from the last target that an earlier run has `reached`, which may have gone on by itself.
 */
export function targetsWith(
  own: readonly number[],
  wishes: TargetWishes,
  reached: readonly number[] = [],
): number[] {
  const { targets = [], decades = 0 } = wishes;
  const last = Math.max(...own, ...targets, ...reached);
  if (decades > 0 && !(last > 0)) {
    throw new Error(`--decades goes on from a target above 0; the last one is ${last}.`);
  }
  // From its decimal digits, so that 1e5 is followed by 1e6 and not by something beside it.
  const further = Array.from({ length: decades }, (_, k) => tenTimes(last, k + 1));
  return [...new Set([...own, ...targets, ...further])].sort((a, b) => a - b);
}

function tenTimes(value: number, times: number): number {
  const [mantissa, exponent] = value.toExponential().split('e');
  return Number(`${mantissa}e${Number(exponent) + times}`);
}

/** Increasing numbers from a list such as 1e6,1e8; throws a sentence otherwise. */
export function targetsFrom(text: string, option = '--targets'): number[] {
  const words = text.split(',').map((word) => word.trim());
  const values = words.map(Number);
  const good = values.every(
    (value, k) => words[k] !== '' && Number.isFinite(value) && (k === 0 || value > values[k - 1]),
  );
  if (good) return values;
  throw new Error(`${option} is '${text}'; expected increasing numbers such as 1e6,1e8.`);
}
