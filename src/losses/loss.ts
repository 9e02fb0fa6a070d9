import {
  inverseLogSoftplus,
  logSigmoid,
  logSoftplus,
  logSumExp,
  sigmoid,
  softmaxInto,
} from '../numerics/logarithms.js';

/**
 * A decreasing loss ℓ with an exponential tail, summed over examples: 𝓛 = Σᵢ ℓ(pᵢ). The risk is
 * never formed. It is carried as α = ℓ⁻¹(𝓛), which grows without bound as 𝓛 → 0, and as log 𝓛;
 * the gradient is carried by the dual variables q = ∂α/∂p, so that −∇𝓛 = |ℓ′(α)| Σ q ∇p. All of it is
 * exact where 𝓛 is e^{−10⁹}.
 *
 * With k > 2 classes the constraints are pairs p_ij = s_{yᵢ} − s_j, k − 1 consecutive ones for each
 * example.
 */
export interface Loss {
  /** Shown in messages and results. */
  readonly name: string;
  /**
   * From this α on, α and q are those of the exponential loss to double precision: α = −log Σ e^{−p} and
   * q = softmax(−p). The late flow and the limits rest on that and refuse a loss that does not say so;
   * what it says is looked at where the late flow begins to rest on it.
   */
  readonly exponentialFrom?: number;
  /**
   * α of the margins, and q = ∂α/∂p into `q`. `pairs` is the number of consecutive margins that
   * belong to one example (1 for binary problems).
   */
  dual(margins: Float64Array, pairs: number, q: Float64Array): number;
  /** log 𝓛, from α. */
  logRisk(alpha: number): number;
  /** log |ℓ′(α)|. */
  logSlope(alpha: number): number;
  /** −d log |ℓ′(α)| / dα: at least 0, and at most 1 where the tail is no lighter than e^{−p}. */
  slopeDecay(alpha: number): number;
  /**
   * The second derivative of α is ∂q/∂p = −diag(q) + within(α)·blockdiag(q_i q_iᵀ) + across(α)·q qᵀ
   * with one block for the pairs of each example. Left out, both, where it is not of that form: implicit
   * methods ask for it, the explicit one and descent do not.
   */
  within?(alpha: number): number;
  across?(alpha: number): number;
}

/** A loss with its second derivatives. */
export type CurvedLoss = Loss & Required<Pick<Loss, 'within' | 'across'>>;

/** A loss whose tail is the exponential one's. */
export type TailedLoss = CurvedLoss & { readonly exponentialFrom: number };

/** The loss with its second derivatives. Throws a sentence that says what needs them where it has none. */
export function requireCurved(loss: Loss, what: string): CurvedLoss {
  if (loss.within && loss.across) return loss as CurvedLoss;
  throw new Error(
    `${what} needs second derivatives, and the loss '${loss.name}' does not say them (within and across); expected both, or method 'explicit'.`,
  );
}

/** ℓ(p) = e^{−p}: α = −log 𝓛, q = softmax(−p). Over pairs with more than two classes. */
export const exponentialLoss: TailedLoss = {
  name: 'exponential',
  exponentialFrom: -Infinity,
  dual(margins, _pairs, q) {
    for (let i = 0; i < margins.length; i++) q[i] = -margins[i];
    return -softmaxInto(q, q);
  },
  logRisk: (alpha) => -alpha,
  logSlope: (alpha) => -alpha,
  slopeDecay: () => 1,
  within: () => 0,
  across: () => 1,
};

/**
 * ℓ(p) = log(1 + e^{−p}); with pairs, cross-entropy Σᵢ log(1 + Σⱼ e^{−p_ij}).
 * α = −log(e^𝓛 − 1) and q_ij = e^{−p_ij}/(1 + Σⱼ e^{−p_ij}) / σ(−α), so Σ q ≥ 1.
 */
export const logisticLoss: TailedLoss = {
  name: 'logistic',
  // 1 + e^{−α} = 1.
  exponentialFrom: 40,
  dual(margins, pairs, q) {
    const examples = margins.length / pairs;
    // The logarithms of the examples' risks stand in q until the dual variables take their place.
    for (let i = 0; i < examples; i++) q[i] = logSoftplus(-mergedMargin(margins, pairs, i));
    const alpha = -inverseLogSoftplus(logSumExp(q, examples));
    const logSlope = logSigmoid(-alpha);
    for (let i = 0; i < examples; i++) {
      const merged = mergedMargin(margins, pairs, i);
      const logWeight = logSigmoid(-merged) - logSlope;
      for (let j = i * pairs; j < (i + 1) * pairs; j++) {
        q[j] = Math.exp(logWeight - (margins[j] - merged));
      }
    }
    return alpha;
  },
  logRisk: (alpha) => logSoftplus(-alpha),
  logSlope: (alpha) => logSigmoid(-alpha),
  slopeDecay: (alpha) => sigmoid(alpha),
  within: (alpha) => sigmoid(-alpha),
  across: (alpha) => sigmoid(alpha),
};

/** m_i = −log Σⱼ e^{−p_ij} over the pairs of example i. */
function mergedMargin(margins: Float64Array, pairs: number, i: number): number {
  if (pairs === 1) return margins[i];
  let smallest = Infinity;
  for (let j = i * pairs; j < (i + 1) * pairs; j++) smallest = Math.min(smallest, margins[j]);
  let sum = 0;
  for (let j = i * pairs; j < (i + 1) * pairs; j++) sum += Math.exp(smallest - margins[j]);
  return smallest - Math.log(sum);
}

/** Every loss by the name that problem files and command lines give it. */
const LOSSES = { exponential: exponentialLoss, logistic: logisticLoss };

/** The name of a loss of the kit. */
export type LossName = keyof typeof LOSSES;
/** Every such name, in the order in which messages list them. */
export const lossNames = Object.keys(LOSSES) as LossName[];

/**
 * True for the losses of the kit, the very records: their names tell what they are. A loss of one's own is
 * none, whatever it is called.
 */
export function isNamedLoss(loss: Loss): boolean {
  return Object.values<Loss>(LOSSES).includes(loss);
}

/**
 * The loss of the given name, `exponential` or `logistic`; throws a sentence naming the choices for
 * another.
 */
export function lossNamed(name: string): Loss {
  if (Object.hasOwn(LOSSES, name)) return LOSSES[name as LossName];
  throw new Error(`There is no loss '${name}'; choose one of ${lossNames.join(', ')}.`);
}
