"""Scores, log-risk and gradient of an image network by PyTorch, as written (eager).

A problem is {"image": {"channels", "height", "width"}, "nodes", "blocks", "inputs", "labels",
"parameters", "precision": "float64" or "float32", "seconds"}: nodes and blocks as afterfit describes
its image networks, the labels from 0 to the number of scores − 1.
"""

import os

import numpy as np
import torch
import torch.nn.functional as functional

import networks
from protocol import calls_for, floats, packed, seconds_per_call, serve

state = {}


def node_value(node, given, weights):
    """What a node gives for a batch; `weights` holds the parameters by the place where they begin."""
    kind, x = node["kind"], given[0]
    weight = weights[node["weights"]["offset"]] if "weights" in node else None
    bias = weights[node["bias"]["offset"]][:, 0] if node.get("bias") else None
    if kind == "convolution":
        kernel = node["kernel"]
        weight = weight.reshape(len(weight), -1, kernel, kernel)
        return functional.conv2d(x, weight, bias, node["stride"], node["padding"])
    if kind == "dense":
        return functional.linear(x.flatten(1), weight, bias)
    if kind == "relu":
        return torch.relu(x)
    if kind == "max-pool":
        return functional.max_pool2d(x, node["size"], node["stride"])
    if kind == "average-pool":
        return functional.avg_pool2d(x, node["size"], node["stride"])
    if kind == "global-average-pool":
        return x.mean((2, 3))
    if kind == "flatten":
        return x.flatten(1)
    if kind == "batch-norm":
        scale = weights[node["scale"]["offset"]][:, 0]
        shift = weights[node["shift"]["offset"]][:, 0]
        return functional.batch_norm(x, None, None, scale, shift, True, 0.0, node["epsilon"])
    if kind == "sum":
        return given[0] + given[1]
    if kind == "concatenate":
        return torch.cat(given, 1)
    raise ValueError(f"there is no operation '{kind}'")


def log_risk(nodes, weights, inputs, others, right):
    """α = −log Σ exp(−(score of the right class − score of another one))."""
    values = [inputs]
    for node in nodes[1:]:
        values.append(node_value(node, [values[k] for k in node["inputs"]], weights))
    scores = values[-1]
    margins = scores.gather(1, right) - scores
    return -torch.logsumexp(-margins[others], 0)


def weights_of(blocks, parameters, precision):
    """The blocks of the parameters as leaves of the tape."""
    leaves = {}
    for block in blocks:
        size = block["rows"] * block["columns"]
        part = parameters[block["offset"] : block["offset"] + size]
        leaf = torch.tensor(part.reshape(block["rows"], block["columns"]), dtype=precision)
        leaves[block["offset"]] = leaf.requires_grad_()
    return leaves


def prepare(request, progress):
    precision = getattr(torch, request["precision"])
    shape = request["image"]
    inputs = np.frombuffer(floats(request["inputs"]))
    inputs = inputs.reshape(-1, shape["channels"], shape["height"], shape["width"])
    inputs = torch.tensor(inputs, dtype=precision)
    labels = np.frombuffer(floats(request["labels"])).astype(int)
    parameters = np.frombuffer(floats(request["parameters"]))
    nodes = request["nodes"]
    weights = weights_of(request["blocks"], parameters, precision)
    leaves = list(weights.values())
    right = torch.tensor(labels)[:, None]
    others = torch.arange(nodes[-1]["shape"]["channels"])[None, :] != right

    def call():
        alpha = log_risk(nodes, weights, inputs, others, right)
        return alpha, torch.autograd.grad(alpha, leaves)

    state["call"], state["ways"] = call, []
    # Where the work is small, threads that wait for each other cost more than they help.
    for threads in sorted({1, int(os.environ.get("AFTERFIT_BENCH_THREADS", "1"))}):
        torch.set_num_threads(threads)
        progress(f"gets ready with {threads} thread{'s' if threads > 1 else ''}")
        state["ways"].append((threads, calls_for(call, request["seconds"])))
    return {"version": torch.__version__}


def run(request, progress):
    """The turn counts with the number of threads that is faster in it."""
    timed = []
    for threads, count in state["ways"]:
        torch.set_num_threads(threads)
        timed.append((seconds_per_call(state["call"], count), threads))
    alpha, gradients = state["call"]()
    parts = [part.double().numpy() for part in gradients]
    seconds, threads = min(timed)
    answer = packed(networks.answer_of(alpha.item(), parts))
    return {"seconds": seconds, "threads": threads, "answer": answer}


serve({"prepare": prepare, "run": run})
