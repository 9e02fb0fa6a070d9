// catches: The squared ReLU adds one to the degree in place of doubling it.
// marks: test-degree=3

// %% degree
/** The degree of homogeneity in the trained weights of a network of these layers. */
function degreeOf(layers: LayerKind[]): number {
  return layers.reduce((degree, kind) =>
    (kind === 'linear' || kind === 'squared-relu' ? degree + 1 : degree), 0);
}
