// catches: The smallest degree for which α/‖θ‖^L never falls is believed, though every degree up to the right one passes.
// marks: test-late-slope=0

// %% late-slope
/** The slope of log α over log ‖θ‖ over the last decade of α of a run. */
function degreeFromRun(alphas: number[], norms: number[]): number {
  const degrees = [1, 2, 3, 4, 5, 6];
  const neverFalls = (degree: number) => {
    const ratios = alphas.map((alpha, k) => alpha / norms[k] ** degree);
    return ratios.every((ratio, k) => k === 0 || ratio >= ratios[k - 1] * (1 - 1e-12));
  };
  return degrees.find(neverFalls) ?? NaN;
}
