import { powerOfTen, readable, rounded } from '../text/numbers.js';

/** One axis of a chart. */
export interface Axis {
  /** With the unit, or the word that there is none. */
  readonly title: string;
  /** What the caption calls the quantity, such as 'α'. */
  readonly symbol: string;
  /** Default linear. */
  readonly scale?: 'linear' | 'log';
  /** Values below are not drawn. */
  readonly least?: number;
  /** A linear axis begins at 0. */
  readonly zero?: boolean;
  /** What a linear axis shows, whatever the values. */
  readonly domain?: readonly [number, number];
  /** How many ticks a linear axis has, about; default 6. */
  readonly ticks?: number;
}

/** The axis of α, from where the examples are about to be classified. */
export const alphaAxis: Axis = { title: 'α (log scale)', symbol: 'α', scale: 'log', least: 0.1 };

/** A run that was told to stop at a value has it but for rounding, and the axis shows it. */
const ROUNDING = 1e-9;

/** Whether the axis can show a value: finite, above 0 on a logarithmic axis, and not below `least`. */
export function canShow(axis: Axis, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (axis.scale === 'log' && !(value > 0)) return false;
  const { least } = axis;
  return least === undefined || value >= least - ROUNDING * Math.abs(least);
}

/** Where a value lies along the axis, up to a linear map: log₁₀ of it (which has to be above 0), or itself. */
export function placeOn(axis: Axis, value: number): number {
  return axis.scale === 'log' ? Math.log10(value) : value;
}

/**
 * A Vega-Lite position channel for field `field`; `values` are all that the axis has to hold, and `head` is how
 * far up it goes in any case.
 */
export function channel(
  axis: Axis,
  field: string,
  values: readonly number[],
  head?: number,
): object {
  const described = { title: axis.title };
  const base = { field, type: 'quantitative' };
  if (axis.scale !== 'log') {
    return {
      ...base,
      scale: axis.domain
        ? { domain: axis.domain, nice: false }
        : {
            zero: axis.zero ?? false,
            nice: true,
            ...(head === undefined ? {} : { domainMax: head }),
          },
      axis: { ...described, tickCount: axis.ticks ?? 6 },
    };
  }
  const low = Math.min(...values);
  const high = Math.max(...values, ...(head === undefined ? [] : [head]));
  const ticks = logTicks(low, high);
  return {
    ...base,
    scale: { type: 'log', domain: logDomain(low, high), nice: false },
    axis: { ...described, values: ticks.map(({ value }) => value), labelExpr: labelsOf(ticks) },
  };
}

interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Widens the range to a whole power of ten where one is near, and by a little in any case. */
function logDomain(low: number, high: number): number[] {
  if (!(high > 0)) return [0.1, 1];
  const from = Math.log10(low);
  const to = Math.log10(high);
  const reach = 0.02 * Math.max(to - from, 0.5);
  const down = from - Math.floor(from + 1e-9) <= 0.2 ? Math.floor(from + 1e-9) : from - reach;
  const up = Math.ceil(to - 1e-9) - to <= 0.2 ? Math.ceil(to - 1e-9) : to + reach;
  return [rounded(10 ** down), rounded(10 ** (up > down ? up : down + 1))];
}

const MOST_TICKS = 10;
/** Ranges below this factor have ticks between the powers of ten. */
const NARROW = 50;

/** Whole powers of ten, every second or third where there are many; in narrow ranges also 2 and 5. */
function logTicks(low: number, high: number): Tick[] {
  const [from, to] = logDomain(low, high);
  const first = Math.ceil(Math.log10(from) - 1e-6);
  const last = Math.floor(Math.log10(to) + 1e-6);
  if (to / from < NARROW) return mantissaTicks(from, to);
  const step = Math.ceil((last - first + 1) / MOST_TICKS);
  const ticks: Tick[] = [];
  for (let k = step * Math.ceil(first / step); k <= last; k += step) {
    ticks.push({ value: rounded(10 ** k), label: powerOfTen(k) });
  }
  return ticks;
}

/** From the fewest ticks in a decade to the most. */
const MANTISSAS = [
  [1, 2, 5],
  [1, 2, 3, 5],
  [1, 1.5, 2, 3, 4, 6],
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
] as const;
/** With fewer ticks, a reader cannot tell how the axis runs. */
const FEWEST_TICKS = 4;

/** The fewest that are enough. */
function mantissaTicks(from: number, to: number): Tick[] {
  const choices = MANTISSAS.map((mantissas) => ticksAt(from, to, mantissas));
  return choices.find((ticks) => ticks.length >= FEWEST_TICKS) ?? choices[choices.length - 1];
}

function ticksAt(from: number, to: number, mantissas: readonly number[]): Tick[] {
  const ticks: Tick[] = [];
  for (let k = Math.floor(Math.log10(from)); k <= Math.log10(to); k++) {
    for (const mantissa of mantissas) {
      const value = rounded(mantissa * 10 ** k);
      if (value >= from && value <= to) ticks.push({ value, label: readable(value, 3) });
    }
  }
  return ticks;
}

/** A Vega expression that looks the label of a tick up. */
function labelsOf(ticks: readonly Tick[]): string {
  const table = Object.fromEntries(ticks.map(({ value, label }) => [String(value), label]));
  return `${JSON.stringify(table)}[datum.value] || ''`;
}
