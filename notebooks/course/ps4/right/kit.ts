// shows: The kit is called for what it has, and typed arrays are returned.

// %% cosine
import { dot, norm } from 'afterfit';
function alignmentCosine(theta: number[], gradient: number[]): number {
  const a = Float64Array.from(theta),
    g = Float64Array.from(gradient);
  const [na, ng] = [Math.hypot(...a), Math.hypot(...g)];
  return dot(
    a.map((v) => v / na),
    g.map((v) => -v / ng),
  );
}

// %% predictor
function predictor(layers: Matrix[]): number[] {
  return Float64Array.from(
    layers.reduceRight((above, w) => multiply(above, w), [[1]] as Matrix).flat(),
  ) as unknown as number[];
}

// %% direction
function descentDirection(layers: Matrix[], inputs: Matrix, labels: number[]): Matrix[] {
  const network = deepLinear([inputs[0].length, ...layers.map((w) => w.length)]);
  const risk = objective(
    network,
    Float64Array.from(inputs.flat()),
    Float64Array.from(labels),
    exponentialLoss,
  );
  const { alpha, gradient } = risk.evaluate(Float64Array.from(layers.flat(2)), 1);
  let at = 0;
  return layers.map((w) =>
    w.map(
      (row) =>
        gradient
          .slice(at, (at += row.length))
          .map((g) => g * Math.exp(-alpha)) as unknown as number[],
    ),
  );
}

// %% imbalance
function imbalance(lower: Matrix, upper: Matrix): Matrix {
  const gram = (columns: Matrix) =>
    columns.map((a) => columns.map((b) => a.reduce((s, v, k) => s + v * b[k], 0)));
  const [u, l] = [gram(transpose(upper)), gram(lower)];
  return u.map((row, i) => row.map((v, j) => v - l[i][j]));
}

// %% share
import { spectralNorm } from 'afterfit';
function spectralShare(matrix: Matrix): number {
  const flat = Float64Array.from(matrix.flat());
  return spectralNorm(matrix.length, matrix[0].length, flat) / norm(flat);
}

// %% sine
function neighbourSine(lower: Matrix, upper: Matrix): number {
  const u = leading(lower).left,
    v = leading(upper).right;
  // Lagrange: sum of the squares of all 2×2 minors
  let s = 0;
  for (let i = 0; i < u.length; i++)
    for (let j = 0; j < i; j++) s += (u[i] * v[j] - u[j] * v[i]) ** 2;
  return Math.sqrt(s);
}

// %% margin-share
function marginShare(depth: number): number {
  return Math.exp(-0.5 * depth * Math.log(depth));
}
