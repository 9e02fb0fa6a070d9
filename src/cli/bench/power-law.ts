export interface PowerLaw {
  readonly exponent: number;
  readonly factor: number;
}

/** y ≈ factor · x^exponent by least squares in the logarithms. */
export function powerLaw(x: readonly number[], y: readonly number[]): PowerLaw {
  const logs = (values: readonly number[]) => values.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [u, v] = [logs(x), logs(y)];
  const [atU, atV] = [mean(u), mean(v)];
  const covariance = mean(u.map((value, k) => (value - atU) * (v[k] - atV)));
  const exponent = covariance / mean(u.map((value) => (value - atU) ** 2));
  return { exponent, factor: Math.exp(atV - exponent * atU) };
}
