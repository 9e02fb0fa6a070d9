import type { FlowPoint } from '../flows/index.js';
import { dot, norm } from '../numerics/vectors.js';
import type { Snapshot } from './snapshot.js';

/**
 * q for every margin: as the run itself carries it at `point`, where it does, since late the rounded margins of
 * a point tell q less well or not at all; else the snapshot's.
 */
export function dualsOf({ dual }: Snapshot, point?: FlowPoint): Float64Array {
  const own = point?.duals;
  if (own === undefined) return dual;
  const q = new Float64Array(dual.length);
  own.pairs.forEach((pair, k) => (q[pair] = own.q[k]));
  return q;
}

/**
 * H(q) = −Σ q log q in nats of the dual variables, scaled to sum 1: the logarithm of how many margins share the
 * risk, from 0 to the logarithm of their number. It bounds what separates α from the smallest margin; for the
 * exponential loss α = Σ q p − H(q) exactly.
 */
export function dualEntropy(at: Snapshot, point?: FlowPoint): number {
  const dual = dualsOf(at, point);
  const total = dual.reduce((sum, value) => sum + value, 0);
  let entropy = 0;
  for (const value of dual) {
    const share = value / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
}

/**
 * 𝒥 = ½‖∇α‖²/‖θ‖^{2(L−1)}, the dual objective ½‖Σ q ∇p‖² of Ji & Telgarsky 2019 (arXiv 1906.04540) in a
 * normalisation of ours for networks of degree L. It tends to ½(Lγ̃)² where gradients align; for the exponential
 * loss 𝒥 cos²(θ, −∇𝓛) = ½[L(α + H(q))/‖θ‖^L]² at every point. On a kink, where the point has no single
 * gradient, the run's own velocity at `point` says its length. NaN for a network without a degree.
 */
export function dualPotential(at: Snapshot, point?: FlowPoint): number {
  const { degree, pairMargins, gradient } = at;
  if (degree === 0) return NaN;
  const angle = point?.alignmentAngle;
  const radial = degree * dot(dualsOf(at, point), pairMargins);
  const length = angle === undefined ? norm(gradient) : radial / Math.cos(angle);
  return length ** 2 / 2;
}
