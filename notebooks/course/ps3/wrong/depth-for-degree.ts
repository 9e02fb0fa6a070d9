// catches: The number of layers with weights is taken for the degree.
// marks: test-degree=2

// %% degree
/** The degree of homogeneity in the trained weights of a network of these layers. */
function degreeOf(layers: LayerKind[]): number {
  return layers.filter((kind) => kind === 'linear' || kind === 'frozen').length;
}
