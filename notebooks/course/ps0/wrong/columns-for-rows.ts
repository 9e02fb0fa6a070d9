// catches: The numbers are read as if they stood column by column.
// marks: test-rows=0

// %% rows
/** The examples as rows: in `inputs` they stand one after the other. */
function rowsOf(inputs: Float64Array, dimension: number): number[][] {
  const count = inputs.length / dimension;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: dimension }, (__, j) => inputs[j * count + i]));
}
