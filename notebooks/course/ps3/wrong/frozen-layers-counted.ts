// catches: Frozen layers are counted like trained ones.
// marks: test-degree=4

// %% degree
/** The degree of homogeneity in the trained weights of a network of these layers. */
function degreeOf(layers: LayerKind[]): number {
  return layers.reduce((degree, kind) => {
    if (kind === 'squared-relu') return 2 * degree;
    return kind === 'relu' ? degree : degree + 1;
  }, 0);
}
