import type { Pointwise } from './pointwise.js';

/** Powers of 2 at which σ is looked at: a breakpoint away from 0 lies between two of them. */
const EXPONENTS = [-40, -20, -8, -4, -2, -1, 0, 1, 2, 4, 8, 20, 40];
/** What rounding may make of a power that is not a whole number. */
const ROUNDING = 1e-9;

/**
 * Throws a sentence where a pointwise function is not what it says it is. Flows and limits rest on that: a
 * degree that is not there, or a kink that is not told, would lead them astray without a word.
 */
export function requirePointwise(pointwise: Pointwise): void {
  const { name, power, slopes, steep } = pointwise;
  const fail = (what: string): never => {
    throw new Error(`The activation '${name}' ${what}.`);
  };
  if (power === undefined) {
    if (slopes) fail('has slopes below and above 0 and no power; expected both, or neither');
    return;
  }
  if (!(power >= 1 && power < Infinity)) fail(`has the power ${power}; expected at least 1`);
  // A ramp is homogeneous only as its width goes to 0; see rampedRelu.
  if (steep) return;
  for (const sign of [-1, 1]) {
    requirePower(pointwise, power, sign, fail);
    requireDerivatives(pointwise, power, sign, fail);
  }
  requireSlopes(pointwise, power, fail);
}

/** σ(cz) = c^power σ(z) on one side of 0. */
function requirePower(
  { value }: Pointwise,
  power: number,
  sign: number,
  fail: (what: string) => never,
): void {
  const unit = value(sign);
  for (const exponent of EXPONENTS) {
    const z = sign * 2 ** exponent;
    const expected = 2 ** (exponent * power) * unit;
    if (!agree(value(z), expected)) {
      fail(
        `says that it scales by the power ${power}; its value is ${unit} at ${sign} and ${value(z)} at ${z}, where ${expected} is expected: leave power out where there is none, and flows refuse it`,
      );
    }
  }
}

/** The derivatives that follow from the power by Euler's identity, on one side of 0. */
function requireDerivatives(
  { value, slope, curvature }: Pointwise,
  power: number,
  sign: number,
  fail: (what: string) => never,
): void {
  for (const exponent of EXPONENTS) {
    const z = sign * 2 ** exponent;
    const tilt = (power * value(z)) / z;
    if (!agree(slope(z), tilt)) {
      fail(`has the slope ${slope(z)} at ${z}; its values ask for ${tilt}`);
    }
    const bend = ((power - 1) * tilt) / z;
    if (!agree(curvature(z), bend)) {
      fail(`has the curvature ${curvature(z)} at ${z}; its values ask for ${bend}`);
    }
  }
}

/** What is linear on both sides of 0 tells its kink by its slopes, and nothing else has any. */
function requireSlopes(
  { value, slope, slopes, smooth }: Pointwise,
  power: number,
  fail: (what: string) => never,
): void {
  const [below, above] = [-value(-1), value(1)];
  const isKinked = power === 1 && !agree(below, above);
  if (!isKinked) {
    if (slopes) fail(`has slopes [${slopes.join(', ')}] and no kink at 0; expected none`);
    return;
  }
  const expected = `its values ask for slopes: [${below}, ${above}]`;
  if (slopes === undefined) fail(`has a kink at 0 that it does not tell; ${expected}`);
  else if (!agree(slopes[0], below) || !agree(slopes[1], above)) {
    fail(`has slopes [${slopes.join(', ')}]; ${expected}`);
  }
  if (smooth) fail('has a kink at 0 and says that it is smooth; expected smooth: false');
  if (!agree(slope(0), below)) {
    fail(`has the slope ${slope(0)} at 0; expected that below it, ${below}`);
  }
}

/** Numbers that are not finite are passed over: a run that meets them says so. */
function agree(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return true;
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}
