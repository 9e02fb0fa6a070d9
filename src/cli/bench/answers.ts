import type { RiskEvaluation } from '../../losses/index.js';
import { norm } from '../../numerics/vectors.js';

/** α and then its gradient: what the sides of a comparison of gradients give. */
export function answerOf({ alpha, gradient }: RiskEvaluation): Float64Array {
  const answer = new Float64Array(1 + gradient.length);
  answer[0] = alpha;
  answer.set(gradient, 1);
  return answer;
}

/** The larger of the relative differences of α and of the gradient, which follows it. */
export function apart(answer: Float64Array, ours: Float64Array): number {
  if (answer.length !== ours.length) return Infinity;
  const alpha = Math.abs(answer[0] - ours[0]) / Math.max(1, Math.abs(ours[0]));
  const change = answer.map((value, i) => value - ours[i]);
  return Math.max(alpha, norm(change.subarray(1)) / norm(ours.subarray(1)));
}
