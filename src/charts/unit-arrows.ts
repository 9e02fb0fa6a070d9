import type { Dataset } from '../datasets/index.js';
import { rounded } from '../text/numbers.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { panelTitle } from './panels.js';
import { coordinate, pointsOfPlane } from './plane-parts.js';
import { INK, PALETTE, SOFT_INK } from './style.js';

const SIZE = 250;
const REACH = 1.25;
/** Below this share of ‖θ‖² a unit is called off. */
const NOTHING = 1e-6;

/** One network of two layers on inputs of two coordinates. */
export interface UnitPanel {
  readonly title: string;
  /** (w_1, …, w_m, a_1, …, a_m), each w_j of two numbers; its length does not matter. */
  readonly parameters: ArrayLike<number>;
}

interface Unit {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly on: boolean;
  /** The input on which the unit answers in this direction; where it stands in the panel. */
  readonly k: number;
}

/**
 * The hidden units of small networks over the plane of inputs: an arrow along each w_j, as long as its share
 * √(|a_j| ‖w_j‖) of the network, with the line where the unit's preactivation is 0, and the data. A unit
 * without output weight is drawn in grey, one unit long. Throws a sentence where inputs are not of two numbers.
 */
export function unitArrows(words: Wording, data: Dataset, panels: readonly UnitPanel[]): Figure {
  if (data.dimension !== 2) {
    throw new Error(`unitArrows: these data have ${data.dimension} coordinates; expected two.`);
  }
  const range = [-REACH, REACH] as const;
  const spec = {
    ...heading(words, words.caption),
    columns: 2,
    spacing: 30,
    concat: panels.map(({ title, parameters }, k) => {
      const axes = {
        x: coordinate('x', range, 'x₁'),
        y: coordinate('y', range, k % 2 === 0 ? 'x₂' : null),
      };
      return {
        width: SIZE,
        height: SIZE,
        layer: [
          panelTitle(title),
          ...arrows(unitsOf(parameters), axes),
          pointsOfPlane(data, axes, 80),
        ],
      };
    }),
    resolve: { scale: { shape: 'shared', fill: 'shared' } },
  };
  const { name, title, caption } = words;
  return { name, title, caption, kind: 'vega-lite', spec };
}

function unitsOf(parameters: ArrayLike<number>): Unit[] {
  const count = parameters.length / 3;
  if (!Number.isInteger(count) || count === 0) {
    throw new Error(
      `unitArrows: ${parameters.length} parameters are not those of units on two inputs; expected three for each unit.`,
    );
  }
  const all = Array.from(parameters).reduce((sum, value) => sum + value ** 2, 0);
  return Array.from({ length: count }, (_, k) => {
    const [x, y] = [parameters[2 * k], parameters[2 * k + 1]];
    const outer = parameters[2 * count + k];
    const norm = Math.hypot(x, y);
    // Both layers of a unit that takes part have the same norm in the limit, so that 2|a|‖w‖ is its share.
    const share = (2 * Math.abs(outer) * norm) / all;
    const on = share > NOTHING;
    const length = norm === 0 ? 0 : (on ? Math.sqrt(share) : 1) / norm;
    const label = `unit ${k + 1}${on ? '' : ' (off)'}`;
    return { x: length * x, y: length * y, label, on, k };
  }).filter(({ on, x, y }) => on || Math.hypot(x, y) > 0);
}

/** Shafts, heads, names, and dashed lines across each unit's direction, where it is about to be off. */
function arrows(
  units: readonly Unit[],
  axes: { readonly x: object; readonly y: object },
): object[] {
  const color = ({ on, k }: Unit) => (on ? PALETTE[k % PALETTE.length] : SOFT_INK);
  return units.flatMap((unit) => {
    const { x, y, label } = unit;
    const norm = Math.hypot(x, y);
    const [across, along] = [(2 * REACH * -y) / norm, (2 * REACH * x) / norm];
    const at = (...places: readonly (readonly [number, number])[]) =>
      places.map(([px, py], order) => ({ x: rounded(px, 4), y: rounded(py, 4), order, label }));
    const line = (values: object[], style: object) => ({
      data: { values },
      mark: { type: 'line', clip: true, color: color(unit), ...style },
      encoding: { ...axes, order: { field: 'order', type: 'quantitative' } },
    });
    const angle = 90 - (Math.atan2(y, x) * 180) / Math.PI;
    return [
      line(at([-across, -along], [across, along]), { strokeWidth: 1, strokeDash: [4, 4] }),
      line(at([0, 0], [x, y]), { strokeWidth: 2.5 }),
      {
        data: { values: at([x, y]) },
        mark: {
          type: 'point',
          shape: 'triangle-up',
          filled: true,
          size: 110,
          opacity: 1,
          angle: rounded(angle, 4),
          color: color(unit),
        },
        encoding: axes,
      },
      {
        data: { values: at([x, y]) },
        mark: {
          type: 'text',
          dy: y < 0 ? 18 : -16,
          color: INK,
          fontSize: 12,
        },
        encoding: { ...axes, text: { field: 'label', type: 'nominal' } },
      },
    ];
  });
}
