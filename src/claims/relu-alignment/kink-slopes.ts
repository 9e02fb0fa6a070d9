import {
  alphaAxis,
  bundleChart,
  thinned,
  type Axis,
  type Bundle,
  type Figure,
  type ReferenceLine,
} from '../../charts/index.js';
import { readable } from '../../text/numbers.js';
import type { KinkedFlowRecord } from '../../records/index.js';

const SLOPE: Axis = { title: 'slope on the kink (no unit)', symbol: 'slope', domain: [0, 1] };
/** Rows of the run that are looked at. */
const MOST_ROWS = 120;
/** Examples with a colour of their own: as many as the palette tells apart from black. */
const MOST_EXAMPLES = 5;

/** The dash of those that leave. */
const LEAVING = 2;

/** The slopes of the Clarke subdifferential that a flow uses, with those of its certified limit. */
export function kinkSlopesFigure(run: KinkedFlowRecord): Figure {
  return bundleChart(
    {
      name: 'relu-kink-slopes',
      title: 'Slopes in use on the kinks of one run (ReLU, plane)',
      caption:
        'One curve for every stretch in which an example stays on the kink of a unit. The slopes settle at the ' +
        'Clarke multipliers of the limit, dashed, which Newton’s method finds without the flow; a unit that ' +
        'vanishes in the limit may keep another one.',
    },
    { x: alphaAxis, y: SLOPE, bundles: bundlesOf(run), references: limitsOf(run) },
  );
}

function bundlesOf(run: KinkedFlowRecord): Bundle[] {
  const stretches = stretchesOf(run);
  const atEnd = run.kinks[run.kinks.length - 1].map(({ example }) => example);
  const staying = [...new Set(atEnd)].sort((a, b) => a - b).slice(0, MOST_EXAMPLES);
  const others = stretches.filter(({ example }) => !staying.includes(example));
  return [
    ...staying.map((example, k) => ({
      name: `example ${example}`,
      lines: stretches.filter((stretch) => stretch.example === example),
      color: k,
      // That of the examples that leave is passed over.
      dash: k < LEAVING ? k : k + 1,
    })),
    ...(others.length > 0
      ? [{ name: 'examples that leave', lines: others, color: 6, dash: LEAVING }]
      : []),
  ];
}

interface Stretch {
  readonly example: number;
  readonly x: number[];
  readonly y: number[];
}

/** Slopes against α for every stretch of sliding, at rows that are even in log α. */
function stretchesOf({ alpha, kinks }: KinkedFlowRecord): Stretch[] {
  const late = Array.from(alpha.keys()).filter((row) => alpha[row] > 0);
  const places = late.map((row) => Math.log10(alpha[row]));
  const finished: Stretch[] = [];
  let open = new Map<string, Stretch>();
  for (const k of thinned(places, MOST_ROWS)) {
    const row = late[k];
    const next = new Map<string, Stretch>();
    for (const { example, unit, slope } of kinks[row]) {
      const key = `${example} ${unit}`;
      const stretch = open.get(key) ?? { example, x: [], y: [] };
      stretch.x.push(alpha[row]);
      stretch.y.push(slope);
      next.set(key, stretch);
    }
    for (const [key, stretch] of open) if (!next.has(key)) finished.push(stretch);
    open = next;
  }
  return [...finished, ...open.values()];
}

/** The multipliers of the limit, each once to two digits. */
function limitsOf({ certificate }: KinkedFlowRecord): ReferenceLine[] {
  const slopes = certificate.limit.kinks
    .map(({ multiplier }) => multiplier)
    .filter((slope) => slope >= 0 && slope <= 1);
  const distinct = new Map(slopes.map((slope) => [slope.toFixed(2), slope]));
  return [...distinct.values()].map((slope) => ({
    axis: 'y',
    at: slope,
    label: `limit ${readable(slope, 2)}`,
  }));
}
