const TURN = 2 * Math.PI;

/**
 * Directions of the plane that attract the units of a small ReLU network early: the local maxima over unit
 * vectors u of G(u) = Σ cᵢ max(0, u·xᵢ) at which G > 0, as angles in [0, 2π), increasing. `inputs` holds
 * examples×2 numbers, `weights` the cᵢ: yᵢ for units of positive output weight, −yᵢ for the others. G is
 * c·cos(φ − φ₀) on each arc between the lines u·xᵢ = 0, so that every maximum is found: within an arc, or
 * on such a line. Throws a RangeError where the sizes differ. (Maennel, Bousquet & Gelly 2018, arXiv 1803.08367,
 * call them so.)
 */
export function extremalAngles(inputs: Float64Array, weights: Float64Array): number[] {
  if (inputs.length !== 2 * weights.length) {
    throw new RangeError(
      `Directions of the plane need two numbers for each weight, got ${inputs.length} and ${weights.length}.`,
    );
  }
  const ends = arcEnds(inputs);
  const found: number[] = [];
  ends.forEach((from, k) => {
    const to = k + 1 < ends.length ? ends[k + 1] : ends[0] + TURN;
    const after = k + 2 < ends.length ? ends[k + 2] : ends[(k + 2) % ends.length] + TURN;
    const here = arcSum(inputs, weights, (from + to) / 2);
    const beyond = arcSum(inputs, weights, (to + after) / 2);
    const peak = angleFrom(from, Math.atan2(here[1], here[0]));
    if (Math.hypot(...here) > 0 && peak > from && peak < to) found.push(peak % TURN);
    const isKink = slopeAt(here, to) > 0 && slopeAt(beyond, to) < 0;
    if (isKink && valueAt(here, to) > 0) found.push(to % TURN);
  });
  return found.sort((a, b) => a - b);
}

/** The angle between two directions of the plane, in [0, π]. */
export function angleApart(a: number, b: number): number {
  const apart = angleFrom(0, a - b);
  return Math.min(apart, TURN - apart);
}

/** The angle in [from, from + 2π). */
function angleFrom(from: number, angle: number): number {
  const turned = (angle - from) % TURN;
  return from + (turned < 0 ? turned + TURN : turned);
}

/** Where arcs on which the same inputs are active begin, increasing; there are at least two. */
function arcEnds(inputs: Float64Array): number[] {
  const ends: number[] = [];
  for (let i = 0; i < inputs.length; i += 2) {
    if (inputs[i] === 0 && inputs[i + 1] === 0) continue;
    const angle = Math.atan2(inputs[i + 1], inputs[i]);
    ends.push(angleFrom(0, angle + Math.PI / 2), angleFrom(0, angle - Math.PI / 2));
  }
  ends.sort((a, b) => a - b);
  return ends.filter((end, k) => k === 0 || end - ends[k - 1] > 1e-14);
}

/** Σ cᵢ xᵢ over the inputs that are active in the direction of an angle. */
function arcSum(inputs: Float64Array, weights: Float64Array, angle: number): [number, number] {
  const sum: [number, number] = [0, 0];
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  weights.forEach((weight, i) => {
    if (!(x * inputs[2 * i] + y * inputs[2 * i + 1] > 0)) return;
    sum[0] += weight * inputs[2 * i];
    sum[1] += weight * inputs[2 * i + 1];
  });
  return sum;
}

function valueAt([x, y]: readonly [number, number], angle: number): number {
  return x * Math.cos(angle) + y * Math.sin(angle);
}

function slopeAt([x, y]: readonly [number, number], angle: number): number {
  return y * Math.cos(angle) - x * Math.sin(angle);
}
