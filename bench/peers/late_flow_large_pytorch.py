"""Full-batch descent of a two-layer squared-ReLU network by PyTorch, with loss-scaled steps.

Each step goes along Σ q ∇p = −∇𝓛/𝓛 and is min(cap, C/α) times as long as θ: small C follows the
gradient flow. The gradient is written out, which is faster than the tape and the same numbers.
"""

import os
import time

import numpy as np
import torch

from protocol import floats, packed, serve

state = {}


def prepare(request, progress):
    """{"width", "inputs", "labels", "theta0"}: θ is the hidden layer, row-major, then the outputs."""
    torch.set_num_threads(int(os.environ.get("AFTERFIT_BENCH_THREADS", "1")))
    labels = np.frombuffer(floats(request["labels"]))
    inputs = np.frombuffer(floats(request["inputs"])).reshape(len(labels), -1)
    state.update(
        labels=torch.tensor(labels),
        inputs=torch.tensor(inputs),
        theta0=torch.tensor(np.frombuffer(floats(request["theta0"]))),
        width=int(request["width"]),
    )
    return {"version": torch.__version__}


def make_gradient(theta):
    """A function that gives α at θ and leaves Σ q ∇p in the buffer beside it."""
    inputs, labels, width = state["inputs"], state["labels"], state["width"]
    hidden, outputs = theta[:-width].view(width, -1), theta[-width:]
    gradient = torch.empty_like(theta)
    hidden_gradient, outputs_gradient = gradient[:-width].view(width, -1), gradient[-width:]
    values = torch.empty(len(labels), width, dtype=torch.float64)
    squares = torch.empty_like(values)

    def evaluate():
        torch.mm(inputs, hidden.T, out=values)
        values.relu_()
        torch.mul(values, values, out=squares)
        exponents = -labels * (squares @ outputs)
        alpha = -torch.logsumexp(exponents, 0)
        signed = torch.exp(exponents + alpha) * labels
        torch.mv(squares.T, signed, out=outputs_gradient)
        values.mul_((2 * signed)[:, None])
        torch.mm(values.T, inputs, out=hidden_gradient)
        hidden_gradient.mul_(outputs[:, None])
        return alpha.item()

    return evaluate, gradient


def run(request, progress):
    """{"c", "cap", "targets", "maxSteps"} → seconds, steps and the directions at the targets of α."""
    targets, most = list(request["targets"]), int(request.get("maxSteps", 10**9))
    c, cap = float(request["c"]), float(request.get("cap", 0.02))
    theta = state["theta0"].clone()
    before, directions, steps = theta.clone(), [], 0
    spoken = began = time.perf_counter()
    evaluate, gradient = make_gradient(theta)
    alpha = evaluate()
    targets = [target for target in targets if target > alpha]
    with torch.no_grad():
        while len(directions) < len(targets) and steps < most and np.isfinite(alpha):
            share = min(cap, c / alpha) if alpha > 0 else cap
            factor = share * torch.linalg.vector_norm(theta) / torch.linalg.vector_norm(gradient)
            before.copy_(theta)
            theta.addcmul_(gradient, factor)
            last, alpha = alpha, evaluate()
            steps += 1
            while len(directions) < len(targets) and alpha >= targets[len(directions)]:
                # α is nearly linear along so short a step.
                part = (targets[len(directions)] - last) / (alpha - last)
                at = torch.lerp(before, theta, part)
                directions.append((at / torch.linalg.vector_norm(at)).numpy())
            if time.perf_counter() - spoken > 5:
                spoken = time.perf_counter()
                progress(f"PyTorch descends with C = {c:g}: α = {alpha:.4g} after {steps} steps")
    seconds = time.perf_counter() - began
    answer = np.concatenate(directions) if directions else np.empty(0)
    return {"seconds": seconds, "steps": steps, "alpha": alpha if np.isfinite(alpha) else None, "answer": packed(answer)}


serve({"prepare": prepare, "run": run})
