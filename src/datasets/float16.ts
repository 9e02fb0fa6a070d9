/** Half-precision numbers by their 16 bits; Node gets a Float16Array only later. */

/** The number that 16 bits stand for, exactly. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The bits of the nearest half-precision number, ties to even; Infinity from 65520 on. */
export function toFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  // Steps of 2⁻²⁴ up to 2⁻¹³, then twice as wide from each power of two to the next.
  for (let e = 0; ; e++) {
    const steps = roundToEven(size / 2 ** (e - 24));
    if (steps <= 2048) return sign | (e * 1024 + steps);
  }
}

function roundToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
