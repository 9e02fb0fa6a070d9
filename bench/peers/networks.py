"""The networks of the comparison of gradients, for NumPy-like libraries.

A problem is {"widths": [inputs, ..., 1], "activation": "relu" or "squared-relu", "inputs", "labels",
"parameters"}: layers without biases, row-major, each outputs × inputs.
"""

import numpy as np

from protocol import floats


def read_problem(request):
    """Inputs, labels and weight matrices as NumPy arrays."""
    widths = request["widths"]
    inputs = np.frombuffer(floats(request["inputs"])).reshape(-1, widths[0])
    labels = np.frombuffer(floats(request["labels"]))
    parameters = np.frombuffer(floats(request["parameters"]))
    weights, at = [], 0
    for columns, rows in zip(widths[:-1], widths[1:]):
        weights.append(parameters[at : at + rows * columns].reshape(rows, columns))
        at += rows * columns
    return inputs, labels, weights


def answer_of(alpha, gradients):
    """α and then its gradient, in the order of the parameters."""
    parts = [np.asarray(alpha, dtype=float).reshape(1)]
    return np.concatenate(parts + [np.asarray(part).reshape(-1) for part in gradients])
