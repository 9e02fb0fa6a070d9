/** One layer of a deep linear network along a flow; one number for each row. */
export interface LayerCourse {
  /** ‖W‖₂. */
  readonly spectralNorm: Float64Array;
  /** ‖W‖_F² − ‖W‖₂²: the squares of all singular values but the largest; 0 for rank one. */
  readonly rest: Float64Array;
}

/** A layer W_k and the one above it along a flow; one number for each row. */
export interface NeighbourCourse {
  /** Sine of the angle between u_k and v_{k+1}. */
  readonly sine: Float64Array;
  /** 1 − |⟨v_{k+1}, u_k⟩| as the conserved C_k predicts it to first order. */
  readonly predicted: Float64Array;
  /** ‖C_k − C_k(0)‖_F / ‖C_k(0)‖_F, which the flow keeps at 0. */
  readonly drift: Float64Array;
}

/** A flow of a deep linear network, with what its layers do. */
export interface DeepLinearRecord {
  readonly kind: 'deep-linear';
  readonly name: string;
  readonly seed: number;
  /** L. */
  readonly depth: number;
  readonly examples: number;
  readonly message: string;
  /** The maximum margin of the data, and its duality gap. */
  readonly maximum: { readonly margin: number; readonly gap: number };
  /**
   * The smallest singular value of its support vectors as a share of the largest: 0 where they do not span the
   * space of the inputs.
   */
  readonly conditioning: number;
  /** One row for each saved point of the flow. */
  readonly alpha: Float64Array;
  /** min pᵢ / ‖θ‖^L. */
  readonly margin: Float64Array;
  /** Angle between W_L ⋯ W₁ and the maximum margin's weights, radians. */
  readonly productAngle: Float64Array;
  /** From the inputs to the output. */
  readonly layers: readonly LayerCourse[];
  /** One for each two neighbours. */
  readonly neighbours: readonly NeighbourCourse[];
  /** The constant of the finite-time bounds, from the start alone: it bounds every `rest`. */
  readonly bound: number;
}
