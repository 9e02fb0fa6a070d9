"""Log-risk and its gradient by PyTorch: as written ("eager"), or through torch.compile ("compiled")."""

import os

import torch

import networks
from protocol import calls_for, packed, seconds_per_call, serve

state = {}


def log_risk(weights, inputs, labels, activation):
    """α = −log Σ exp(−y f)."""
    values = inputs
    for k, weight in enumerate(weights):
        values = values @ weight.T
        if k + 1 < len(weights):
            values = torch.relu(values)
            if activation == "squared-relu":
                values = values * values
    return -torch.logsumexp(-labels * values[:, 0], 0)


def by_tape(function, weights):
    """Value and gradient through the tape that autograd records."""

    def call():
        alpha = function(*weights)
        return alpha, torch.autograd.grad(alpha, weights)

    return call


def by_transform(function, weights):
    """Value and gradient as one compiled function, without the tape."""
    every = tuple(range(len(weights)))

    def flipped(*args):
        gradients, alpha = torch.func.grad_and_value(function, argnums=every)(*args)
        return alpha, gradients

    compiled = torch.compile(flipped)
    plain = [weight.detach() for weight in weights]
    return lambda: compiled(*plain)


def candidates(mode, function, weights):
    """The ways that there are in a mode; the fastest one counts."""
    if mode == "eager":
        return [by_tape(function, weights)]
    return [by_tape(torch.compile(function), weights), by_transform(function, weights)]


def prepare(request, progress):
    lent = int(os.environ.get("AFTERFIT_BENCH_THREADS", "1"))
    inputs, labels, weights = networks.read_problem(request)
    inputs, labels = torch.tensor(inputs), torch.tensor(labels)
    weights = [torch.tensor(weight, requires_grad=True) for weight in weights]
    activation = request["activation"]

    def function(*weights):
        return log_risk(weights, inputs, labels, activation)

    timed = []
    # Where the work is small, threads that wait for each other cost more than they help.
    for threads in sorted({1, lent}):
        torch.set_num_threads(threads)
        # What is compiled holds the number of threads that there were.
        torch._dynamo.reset()
        if request["mode"] == "compiled":
            progress(f"compiles for {threads} thread{'s' if threads > 1 else ''}")
        for call in candidates(request["mode"], function, weights):
            calls = calls_for(call, request["seconds"])
            # The worse of two, since a machine that is not quiet punishes waiting threads most.
            seconds = max(seconds_per_call(call, calls) for _ in range(2))
            timed.append((seconds, threads, calls, call))
    _, threads, state["calls"], state["call"] = min(timed, key=lambda entry: entry[0])
    torch.set_num_threads(threads)
    return {"version": torch.__version__, "threads": threads}


def run(request, progress):
    alpha, gradients = state["call"]()
    seconds = seconds_per_call(state["call"], state["calls"])
    parts = [part.detach().numpy() for part in gradients]
    return {"seconds": seconds, "answer": packed(networks.answer_of(alpha.item(), parts))}


serve({"prepare": prepare, "run": run})
