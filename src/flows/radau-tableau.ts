const S6 = Math.sqrt(6);
const CUBE_ROOT = Math.cbrt(3);

/** Radau IIA, three stages, order 5 (Hairer & Wanner, Solving ODEs II, IV.8). */
export const radauTableau = {
  c: [(4 - S6) / 10, (4 + S6) / 10, 1],
  a: [
    [(88 - 7 * S6) / 360, (296 - 169 * S6) / 1800, (-2 + 3 * S6) / 225],
    [(296 + 169 * S6) / 1800, (88 + 7 * S6) / 360, (-2 - 3 * S6) / 225],
    [(16 - S6) / 36, (16 + S6) / 36, 1 / 9],
  ],
  /** Weights of the error estimate on the stage increments. */
  error: [(-13 - 7 * S6) / 3, (-13 + 7 * S6) / 3, -1 / 3],
  /** Eigenvalues of A⁻¹: one real, one complex pair. */
  real: 3 + CUBE_ROOT ** 2 - CUBE_ROOT,
  complexRe: 3 + 0.5 * (CUBE_ROOT - CUBE_ROOT ** 2),
  complexIm: -0.5 * (3 ** (5 / 6) + 3 ** (7 / 6)),
  /** A⁻¹ = T diag(eigenvalues) T⁻¹ in real form. */
  t: [
    [0.09443876248897524, -0.14125529502095421, 0.03002919410514742],
    [0.25021312296533332, 0.20412935229379994, -0.38294211275726192],
    [1, 1, 0],
  ],
  tInverse: [
    [4.17871859155190428, 0.32768282076106237, 0.52337644549944951],
    [-4.17871859155190428, -0.32768282076106237, 0.47662355450055044],
    [0.50287263494578682, -2.57192694985560522, 0.59603920482822492],
  ],
  aInverse: [
    [2 + S6 / 2, (29 * S6) / 30 - 6 / 5, 2 / 5 - (4 * S6) / 15],
    [-(29 * S6) / 30 - 6 / 5, 2 - S6 / 2, 2 / 5 + (4 * S6) / 15],
    [(8 * S6) / 3 - 1, -(8 * S6) / 3 - 1, 5],
  ],
  /** Coefficients of the collocation polynomial in powers of (t − t₀)/h. */
  dense: [
    [13 / 3 + (7 * S6) / 3, -23 / 3 - (22 * S6) / 3, 10 / 3 + 5 * S6],
    [13 / 3 - (7 * S6) / 3, -23 / 3 + (22 * S6) / 3, 10 / 3 - 5 * S6],
    [1 / 3, -8 / 3, 10 / 3],
  ],
} as const;
