// catches: Both products of the imbalance transposed the wrong way round.
// marks: test-imbalance=0

// %% imbalance
function imbalance(lower: Matrix, upper: Matrix): Matrix {
  const above = multiply(upper, transpose(upper));
  const below = multiply(transpose(lower), lower);
  return above.map((row, i) => row.map((value, j) => value - below[i][j]));
}
