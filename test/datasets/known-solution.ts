import { expect } from 'chai';
import type { KnownSolution } from '../../src/datasets/closed-form.js';
import type { Dataset } from '../../src/datasets/dataset.js';

/** p_i(θ) and Σ λ_i ∇p_i(θ), written out for the two networks of the closed forms. */
export function marginsAndStationarity(
  dataset: Dataset,
  solution: Pick<KnownSolution, 'network' | 'parameters' | 'multipliers'>,
): { margins: number[]; combination: Float64Array } {
  const { dimension: d } = dataset;
  const theta = solution.parameters;
  const combination = new Float64Array(theta.length);
  const margins = Array.from(dataset.labels, (label, i) => {
    const x = dataset.inputs.subarray(i * d, (i + 1) * d);
    const weight = solution.multipliers[i] * label;
    if (solution.network === 'linear') {
      x.forEach((value, k) => (combination[k] += weight * value));
      return label * x.reduce((sum, value, k) => sum + theta[k] * value, 0);
    }
    const width = theta.length / (d + 1);
    let output = 0;
    for (let j = 0; j < width; j++) {
      const z = x.reduce((sum, value, k) => sum + theta[j * d + k] * value, 0);
      if (z <= 0) continue;
      const a = theta[width * d + j];
      output += a * z;
      x.forEach((value, k) => (combination[j * d + k] += weight * a * value));
      combination[width * d + j] += weight * z;
    }
    return label * output;
  });
  return { margins, combination };
}

/** KKT: p_i ≥ 1, λ ≥ 0, λ_i (p_i − 1) = 0, θ = Σ λ_i ∇p_i; and the margin it claims is its margin. */
export function expectKkt(dataset: Dataset, solution: KnownSolution, tolerance = 1e-13): void {
  const { margins, combination } = marginsAndStationarity(dataset, solution);
  margins.forEach((margin, i) => {
    expect(margin).to.be.at.least(1 - tolerance);
    expect(solution.multipliers[i]).to.be.at.least(0);
    expect(solution.multipliers[i] * (margin - 1)).to.be.closeTo(0, tolerance);
  });
  const norm = Math.hypot(...solution.parameters);
  combination.forEach((value, k) => {
    expect(value / norm).to.be.closeTo(solution.parameters[k] / norm, tolerance);
  });
  const attained = Math.min(...margins) / norm ** solution.homogeneity;
  expect(attained / solution.margin).to.be.closeTo(1, tolerance);
  const total = solution.multipliers.reduce((sum, value) => sum + value, 0);
  expect((solution.homogeneity * total) / norm ** 2).to.be.closeTo(1, tolerance);
}
