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


def fastest(calls, seconds):
    """The fastest of several ways, with how often to call it in a turn."""
    timed = []
    for call in calls:
        count = calls_for(call, seconds)
        timed.append((seconds_per_call(call, count), count, call))
    return min(timed, key=lambda entry: entry[0])[1:]


def prepare(request, progress):
    torch._dynamo.reset()
    inputs, labels, weights = networks.read_problem(request)
    inputs, labels = torch.tensor(inputs), torch.tensor(labels)
    weights = [torch.tensor(weight, requires_grad=True) for weight in weights]
    activation = request["activation"]

    def function(*weights):
        return log_risk(weights, inputs, labels, activation)

    state["ways"] = []
    # Where the work is small, threads that wait for each other cost more than they help.
    for threads in sorted({1, int(os.environ.get("AFTERFIT_BENCH_THREADS", "1"))}):
        torch.set_num_threads(threads)
        progress(f"gets ready with {threads} thread{'s' if threads > 1 else ''}")
        calls = candidates(request["mode"], function, weights)
        state["ways"].append((threads, *fastest(calls, request["seconds"])))
    return {"version": torch.__version__}


def run(request, progress):
    """The turn counts with the number of threads that is faster in it."""
    timed = []
    for threads, count, call in state["ways"]:
        torch.set_num_threads(threads)
        alpha, gradients = call()
        timed.append((seconds_per_call(call, count), threads))
    parts = [part.detach().numpy() for part in gradients]
    seconds, threads = min(timed)
    answer = packed(networks.answer_of(alpha.item(), parts))
    return {"seconds": seconds, "threads": threads, "answer": answer}


serve({"prepare": prepare, "run": run})
