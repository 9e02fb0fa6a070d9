// catches: The gradient in place of its opposite: ascent, not descent.
// marks: test-cosine=2 test-direction=2

// %% cosine
function alignmentCosine(theta: number[], gradient: number[]): number {
  const lengths = Math.hypot(...theta) * Math.hypot(...gradient);
  return theta.reduce((sum, value, k) => sum + value * gradient[k], 0) / lengths;
}

// %% direction
function descentDirection(layers: Matrix[], inputs: Matrix, labels: number[]): Matrix[] {
  const w = predictor(layers);
  return layers.map((layer, k) =>
    layer.map((row, a) => row.map((_, b) => {
      let sum = 0;
      inputs.forEach((x, i) => {
        const score = x.reduce((s, v, j) => s + v * w[j], 0);
        const below = layers.slice(0, k).reduce((v, m) => multiply(m, v), x.map((v) => [v]));
        const above = layers.slice(k + 1).reduceRight((m, n) => multiply(m, n), [[1]]);
        const [line] = above;
        sum += labels[i] * Math.exp(-labels[i] * score) * line[a] * below[b][0];
      });
      return -sum;
    })));
}
