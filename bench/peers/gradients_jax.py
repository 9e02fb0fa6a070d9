"""Log-risk and its gradient by JAX, jitted, in float64."""

import jax
import jax.numpy as jnp

import networks
from protocol import calls_for, packed, seconds_per_call, serve

jax.config.update("jax_enable_x64", True)
state = {}


def log_risk(weights, inputs, labels, activation):
    """α = −log Σ exp(−y f)."""
    values = inputs
    for k, weight in enumerate(weights):
        values = values @ weight.T
        if k + 1 < len(weights):
            values = jnp.maximum(values, 0.0)
            if activation == "squared-relu":
                values = values * values
    return -jax.scipy.special.logsumexp(-labels * values[:, 0])


def prepare(request, progress):
    inputs, labels, weights = networks.read_problem(request)
    inputs, labels = jnp.array(inputs), jnp.array(labels)
    weights = [jnp.array(weight) for weight in weights]
    activation = request["activation"]
    compiled = jax.jit(
        jax.value_and_grad(lambda given: log_risk(given, inputs, labels, activation))
    )
    progress("compiles")
    state["call"] = lambda: jax.block_until_ready(compiled(weights))
    state["calls"] = calls_for(state["call"], request["seconds"])
    return {"version": jax.__version__}


def run(request, progress):
    alpha, gradients = state["call"]()
    seconds = seconds_per_call(state["call"], state["calls"])
    return {"seconds": seconds, "answer": packed(networks.answer_of(alpha, gradients))}


serve({"prepare": prepare, "run": run})
