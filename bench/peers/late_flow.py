"""The flow of a two-layer squared-ReLU network in direction and log-norm, written for NumPy.

The unknowns are y = [w, log ρ]. In the clock dτ = ρ^{L−2}·𝓛 dt the flow reads
dw/dτ = (I − wwᵀ) Σ q ∇p(w), d log ρ/dτ = L Σ q p(w), with q = softmax(−ρ^L p(w)) and L = 3. Along it
α = −log 𝓛 grows, so β = asinh α can be the independent variable instead; then the targets of α are
times that are known beforehand.
"""

import numpy as np

from protocol import floats

DEGREE = 3


class LateFlow:
    """The problem that a request describes, with scratch space for its right-hand side."""

    def __init__(self, request):
        self.width = int(request["width"])
        self.labels = np.frombuffer(floats(request["labels"]))
        self.inputs = np.frombuffer(floats(request["inputs"])).reshape(len(self.labels), -1)
        self.targets = [float(target) for target in request["targets"]]
        self.reference = np.frombuffer(floats(request["reference"])).reshape(len(self.targets), -1)
        theta = np.frombuffer(floats(request["theta0"]))
        self.size = theta.size
        self.hidden = self.size - self.width
        length = np.linalg.norm(theta)
        self.start = np.append(theta / length, np.log(length))
        self.squares = np.einsum("ni,nj->nij", self.inputs, self.inputs).reshape(len(self.labels), -1)
        self.diagonal = np.arange(self.size)

    def parts(self, y):
        """Output weights, hidden values, margins p, scale ρ^L, duals q and α."""
        outputs = y[self.hidden : self.size]
        values = np.maximum(self.inputs @ y[: self.hidden].reshape(self.width, -1).T, 0.0)
        squares = values * values
        margins = (squares @ outputs) * self.labels
        scale = np.exp(DEGREE * y[self.size])
        exponents = margins * -scale
        largest = exponents.max()
        duals = np.exp(exponents - largest)
        total = duals.sum()
        duals /= total
        return outputs, values, squares, margins, scale, duals, -(largest + np.log(total))

    def alpha(self, y):
        return self.parts(y)[-1]

    def _field(self, y):
        outputs, values, squares, margins, scale, duals, alpha = self.parts(y)
        signed = duals * self.labels
        slope = np.empty(self.size + 1)
        slope[: self.hidden] = (
            ((values * signed[:, None]).T @ self.inputs) * (2 * outputs)[:, None]
        ).ravel()
        slope[self.hidden : self.size] = signed @ squares
        along = DEGREE * (duals @ margins)
        w = y[: self.size]
        slope[: self.size] -= (along / (w @ w)) * w
        slope[self.size] = along
        return slope, scale, alpha

    def field(self, _t, y):
        """dy/dτ."""
        return self._field(y)[0]

    def field_by_alpha(self, _t, y):
        """dy/dβ: dα/dτ = ρ^L ‖dy/dτ‖² at ‖w‖ = 1."""
        slope, scale, alpha = self._field(y)
        return slope * ((1 + alpha * alpha) ** 0.5 / (scale * (slope @ slope)))

    def _margin_jacobian(self, outputs, values, squares):
        rows = np.empty((len(self.labels), self.size))
        weights = values * ((2 * outputs) * self.labels[:, None])
        hidden = weights[:, :, None] * self.inputs[:, None, :]
        rows[:, : self.hidden] = hidden.reshape(len(self.labels), -1)
        rows[:, self.hidden :] = squares * self.labels[:, None]
        return rows

    def _curvature(self, outputs, values, signed, matrix):
        """matrix += Σ q ∇²p, block by block."""
        m, d, h = self.width, self.inputs.shape[1], self.hidden
        active = (values > 0) * signed[:, None]
        corner = np.einsum("iaib->iab", matrix[:h, :h].reshape(m, d, m, d))
        corner += (active.T @ self.squares).reshape(m, d, d) * (2 * outputs)[:, None, None]
        mixed = 2 * ((values * signed[:, None]).T @ self.inputs)
        np.einsum("iai->ia", matrix[:h, h:].reshape(m, d, m))[:] += mixed
        np.einsum("iia->ia", matrix[h:, :h].reshape(m, m, d))[:] += mixed

    def _jacobian(self, y):
        """The Jacobian of dy/dτ, and what the one of dy/dβ is made of besides."""
        outputs, values, squares, margins, scale, duals, alpha = self.parts(y)
        size, w = self.size, y[: self.size]
        rows = self._margin_jacobian(outputs, values, squares)
        v = duals @ rows
        matrix = np.zeros((size + 1, size + 1))
        inner = matrix[:size, :size]
        inner[:] = (rows * (-scale * duals)[:, None]).T @ rows
        inner += np.outer(scale * v, v)
        curved = np.zeros((size, size))
        self._curvature(outputs, values, duals * self.labels, curved)
        inner += curved
        mean = duals @ margins
        change = scale * duals * (mean - margins)
        by_scale = change @ rows
        along = DEGREE * mean
        along_by_w = DEGREE * (v + by_scale)
        short = 1 / (w @ w)
        inner -= np.outer(short * w, along_by_w)
        inner += np.outer((2 * short * short * along) * w, w)
        matrix[self.diagonal, self.diagonal] -= along * short
        twice = DEGREE * DEGREE * (margins @ change)
        matrix[:size, size] = DEGREE * by_scale - (short * twice) * w
        matrix[size, :size] = along_by_w
        matrix[size, size] = twice
        slope = np.append(v - (along * short) * w, along)
        return matrix, slope, scale, alpha, np.append(scale * v, scale * along)

    def jacobian(self, _t, y):
        return self._jacobian(y)[0]

    def jacobian_by_alpha(self, _t, y):
        matrix, slope, scale, alpha, alpha_by_y = self._jacobian(y)
        square = slope @ slope
        weight = 1 + alpha * alpha
        change = (alpha / weight) * alpha_by_y - (2 / square) * (slope @ matrix)
        change[self.size] -= DEGREE
        return (weight**0.5 / (scale * square)) * (matrix + np.outer(slope, change))

    def error(self, states):
        """Largest distance of a direction from its row of the reference; infinite if rows lack."""
        if states is None or len(states) < len(self.targets):
            return float("inf")
        directions = self.directions(states)
        distance = np.linalg.norm(directions - self.reference, axis=1).max()
        return float(distance) if np.isfinite(distance) else float("inf")

    def directions(self, states):
        w = np.asarray(states, dtype=float)[: len(self.targets), : self.size]
        return np.ascontiguousarray(w / np.linalg.norm(w, axis=1, keepdims=True))
