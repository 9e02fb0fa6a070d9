// catches: The mean over the examples in place of the sum.
// marks: test-direction=2

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
      return sum / inputs.length;
    })));
}
