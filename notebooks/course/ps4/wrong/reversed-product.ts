// catches: The layers multiplied from the first to the last, as they are written in code.
// marks: test-predictor=1 test-direction=2

// %% predictor
function predictor(layers: Matrix[]): number[] {
  return layers.reduce((all, layer) => multiply(all, layer)).flat();
}
