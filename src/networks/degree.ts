/**
 * Degree of homogeneity in the trained parameters: Φ(x; cθ) = c^degree · Φ(x; θ) for every c > 0,
 * or the reason why there is no such degree.
 */
export type Degree =
  | { readonly homogeneous: true; readonly degree: number }
  | { readonly homogeneous: false; readonly reason: string };

/** A positively homogeneous map of the given degree, at least 0 (0: it does not depend on the parameters). */
export function homogeneous(degree: number): Degree {
  return { homogeneous: true, degree };
}

/** No degree, with the reason in words that follow a colon. */
export function notHomogeneous(reason: string): Degree {
  return { homogeneous: false, reason };
}

/**
 * The degree after a factor that is itself homogeneous of degree `added` in the parameters: their sum, or
 * the reason that was there.
 */
export function raiseDegree(degree: Degree, added: number): Degree {
  return degree.homogeneous ? homogeneous(degree.degree + added) : degree;
}

/**
 * The degree after a pointwise positively homogeneous function of order `power`: their product, or the
 * reason that was there.
 */
export function multiplyDegree(degree: Degree, power: number): Degree {
  return degree.homogeneous ? homogeneous(degree.degree * power) : degree;
}

/**
 * The degree as a number. Where there is none it throws a sentence that begins with `what` needs it and
 * ends with the reason.
 */
export function requireDegree(degree: Degree, what: string): number {
  if (degree.homogeneous) return degree.degree;
  throw new Error(`${what} needs a homogeneous network, and this one is not: ${degree.reason}.`);
}

/** The degree, or 0 where there is none (so that ‖θ‖^degree = 1 normalises nothing). */
export function degreeOrZero(degree: Degree): number {
  return degree.homogeneous ? degree.degree : 0;
}

/** 'degree 3', or 'not homogeneous: reason'. */
export function describeDegree(degree: Degree): string {
  return degree.homogeneous ? `degree ${degree.degree}` : `not homogeneous: ${degree.reason}`;
}
