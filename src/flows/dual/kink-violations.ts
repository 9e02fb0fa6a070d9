import { FRACTION_ZERO, type Violation } from '../kinks/boundary.js';
import type { DualStage } from './dual-stage.js';
import { layerOf, type KinkedLayer, type KinkModes } from '../kinks/kink-modes.js';
import { kinkStrength } from './kink-strength.js';
import type { KinkRow } from '../rows/row-choice.js';

/**
 * Signed amounts for every boundary, or for the wanted ones only, at a stage whose rows are at its
 * direction and whose weights are up to date.
 */
export function violations(
  modes: KinkModes,
  stage: DualStage,
  examples: readonly number[],
  kinks: readonly KinkRow[],
  tolerance: number,
  h: number,
  wanted?: readonly Violation[],
): Violation[] {
  const { units, high, layers } = modes;
  const found: Violation[] = [];
  const slides = new Map(kinks.map(({ row, unit }, k) => [examples[row] * units + unit, k]));
  const look = (row: number, unit: number, layer: KinkedLayer, z: Float64Array) => {
    const example = examples[row];
    const slide = slides.get(example * units + unit) ?? -1;
    const strength = () => kinkStrength(modes, stage, examples, kinks, { example, unit });
    if (slide >= 0) {
      const fraction = stage.unknowns[stage.rows.margins + slide] / strength();
      const amount = Math.max(fraction - 1, -fraction) / FRACTION_ZERO;
      found.push({ example, unit, slide, amount, matters: true });
      return;
    }
    const value = z[row * layer.units + unit - layer.first];
    const reach = layer.reach[example];
    const isHigh = layer.slopes[example * layer.units + unit - layer.first] === high;
    const amount = (isHigh ? -value : value) / (0.1 * tolerance * reach);
    if (wanted === undefined && !(amount > 1)) return;
    const matters = Math.abs(strength()) * reach * h > 0.1 * tolerance;
    found.push({ example, unit, slide, amount, matters });
  };
  if (wanted) {
    for (const { example, unit } of wanted) {
      const layer = layerOf(modes, unit);
      look(examples.indexOf(example), unit, layer, stage.rows.values(layer.index - 1));
    }
    return found;
  }
  for (const layer of layers) {
    const z = stage.rows.values(layer.index - 1);
    const seen = new Set<number>();
    examples.forEach((example, row) => {
      if (seen.has(example)) return;
      seen.add(example);
      for (let unit = layer.first; unit < layer.first + layer.units; unit++)
        look(row, unit, layer, z);
    });
  }
  return found.filter(({ amount }) => amount > 1);
}
