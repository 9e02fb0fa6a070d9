// catches: The smoothed margin is divided by the norm, whatever the degree.
// marks: test-smoothed=3

// %% smoothed
/** The smoothed margin α / ‖θ‖^L, from the margins p, the norm ‖θ‖ and the degree L. */
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  const smallest = Math.min(...margins);
  const sum = margins.reduce((all, p) => all + Math.exp(smallest - p), 0);
  return (smallest - Math.log(sum)) / norm;
}
