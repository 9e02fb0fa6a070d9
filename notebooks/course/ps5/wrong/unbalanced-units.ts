// catches: Unit vectors for the hidden weights, so that the norm is not shared between the layers.
// marks: test-better=2

// %% better
function betterNetwork(inputs: Matrix): { hidden: Matrix; output: number[] } {
  const lengths = inputs.map((x) => Math.hypot(...x));
  return {
    hidden: inputs.map((x, i) => x.map((value) => value / lengths[i])),
    output: lengths.map((length) => 1 / length),
  };
}
