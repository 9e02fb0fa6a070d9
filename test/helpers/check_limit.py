"""Checks the limit of a result of the flow command from the file alone, with Python's own arithmetic.

Prints one JSON object: how far the point is from a KKT point of the margin problem. It shares no code
with what wrote the file.
"""

import json
import math
import sys


def activations(name):
    """Value and slope of a pointwise function."""
    if name == "relu":
        return (lambda z: max(z, 0.0)), (lambda z: 1.0 if z > 0 else 0.0)
    if name == "squared-relu":
        return (lambda z: max(z, 0.0) ** 2), (lambda z: 2 * max(z, 0.0))
    return (lambda z: z), (lambda z: 1.0)


def layers_of(network, theta, outputs):
    """Weight matrices as (rows, place in theta or None where they are fixed)."""
    if network["kind"] == "linear":
        shapes = [(outputs, network["inputs"], None)]
    elif network["kind"] == "deep":
        widths = network["widths"]
        shapes = [(widths[k + 1], widths[k], None) for k in range(len(widths) - 1)]
    else:
        fixed = network.get("fixed") or {}
        shapes = [
            (network["width"], network["inputs"], fixed.get("hidden")),
            (outputs, network["width"], fixed.get("output")),
        ]
    layers, at = [], 0
    for rows, columns, fixed in shapes:
        if fixed:
            layers.append((fixed, None))
            continue
        matrix = [theta[at + r * columns : at + (r + 1) * columns] for r in range(rows)]
        layers.append((matrix, at))
        at += rows * columns
    return layers


def forward(layers, value, x):
    """Inputs and preactivations of every layer, and the scores."""
    inputs, before = [], []
    for k, (matrix, _) in enumerate(layers):
        inputs.append(x)
        z = [math.fsum(w * v for w, v in zip(row, x)) for row in matrix]
        before.append(z)
        x = z if k == len(layers) - 1 else [value(v) for v in z]
    return inputs, before, before[-1]


def add_gradient(layers, slope, inputs, before, pull, slopes, into):
    """into += gradient of pull·scores; `slopes` replaces those of the first hidden layer by unit."""
    for k in range(len(layers) - 1, -1, -1):
        matrix, at = layers[k]
        if at is not None:
            width = len(matrix[0])
            for r, g in enumerate(pull):
                for c, v in enumerate(inputs[k]):
                    into[at + r * width + c] += g * v
        if k == 0:
            return
        back = [math.fsum(matrix[r][c] * pull[r] for r in range(len(pull))) for c in range(len(matrix[0]))]
        pull = [
            g * (slopes.get(c, slope(z)) if k == 1 else slope(z))
            for c, (g, z) in enumerate(zip(back, before[k - 1]))
        ]


def main(path):
    with open(path, encoding="utf-8") as file:
        result = json.load(file)
    limit, network = result["limit"], result["network"]
    classes = result.get("classes", 2)
    outputs = 1 if classes == 2 else classes
    theta = limit["direction"]
    value, slope = activations(network.get("activation", "linear"))
    layers = layers_of(network, theta, outputs)
    kinks = {}
    for example, unit, multiplier in limit["kinks"]:
        kinks.setdefault(example, {})[unit] = multiplier
    margins, total = [], [0.0] * len(theta)
    for example, (x, label) in enumerate(zip(result["inputs"], result["labels"])):
        inputs, before, scores = forward(layers, value, x)
        others = [None] if classes == 2 else [j for j in range(classes) if j != label]
        pull = [0.0] * outputs
        for other in others:
            mu = limit["multipliers"][len(margins)]
            if classes == 2:
                margins.append(label * scores[0])
                pull[0] += mu * label
            else:
                margins.append(scores[label] - scores[other])
                pull[label] += mu
                pull[other] -= mu
        if any(pull):
            add_gradient(layers, slope, inputs, before, pull, kinks.get(example, {}), total)
    gamma, degree = limit["margin"], result["homogeneity"]
    kappa = degree * gamma
    residual = math.sqrt(math.fsum((kappa * w - g) ** 2 for w, g in zip(theta, total))) / kappa
    support = [i for i, mu in enumerate(limit["multipliers"]) if mu != 0]
    highest = max(math.log(row["alpha"]) - degree * row["logNorm"] for row in result["rows"])
    print(
        json.dumps(
            {
                "norm": math.sqrt(math.fsum(w * w for w in theta)),
                "residual": residual,
                "feasibility": max(abs(margins[i] / gamma - 1) for i in support),
                "slack": min(margins) / gamma - 1,
                "smallestMultiplier": min(limit["multipliers"]),
                "sumOfMultipliers": math.fsum(limit["multipliers"]),
                "slopes": [m for kink in kinks.values() for m in kink.values()],
                "marginOverFlow": gamma / math.exp(highest),
            }
        )
    )


main(sys.argv[1])
