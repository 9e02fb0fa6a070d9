"""The late flow by one of diffrax's stiff methods, jitted, in float64."""

import diffrax
import jax
import jax.numpy as jnp
import numpy as np
import optimistix

from ladder import cheapest, timed
from late_flow import DEGREE, LateFlow
from protocol import packed, seconds_per_call, serve

jax.config.update("jax_enable_x64", True)
state = {}
FOREVER = 1e12
MOST_STEPS = 50_000


def in_jax(flow):
    """dy/dτ and α as functions that JAX can trace."""
    inputs, labels = jnp.array(flow.inputs), jnp.array(flow.labels)
    hidden, size, width = flow.hidden, flow.size, flow.width

    def parts(y):
        values = jnp.maximum(inputs @ y[:hidden].reshape(width, -1).T, 0.0)
        squares = values * values
        margins = (squares @ y[hidden:size]) * labels
        exponents = -jnp.exp(DEGREE * y[size]) * margins
        largest = exponents.max()
        duals = jnp.exp(exponents - largest)
        total = duals.sum()
        return values, squares, margins, duals / total, -(largest + jnp.log(total))

    def field(_t, y, _args):
        values, squares, margins, duals, _ = parts(y)
        signed = duals * labels
        inner = ((values * signed[:, None]).T @ inputs) * (2 * y[hidden:size])[:, None]
        v = jnp.concatenate([inner.reshape(-1), signed @ squares])
        along = DEGREE * (duals @ margins)
        w = y[:size]
        return jnp.append(v - (along / (w @ w)) * w, along)

    return field, lambda y: parts(y)[-1]


def solver_for(flow, method, root_factor):
    """
    One leg for each target: in the clock τ, until an event finds α there. With log α as the variable
    no event is needed, but Newton's method then fails on most steps and the run takes five times as
    long. The gains of the step size controller are those of a PI controller for stiff problems, which
    halves the number of rejected steps.
    """
    field, alpha = in_jax(flow)
    term = diffrax.ODETerm(field)

    def leg(controller, solver, carry, target):
        y, t, dt = carry
        event = diffrax.Event(
            lambda t, y, args, **_: alpha(y) - args,
            optimistix.Newton(1e-9, 1e-9),
            direction=True,
        )
        found = diffrax.diffeqsolve(
            term, solver, t, FOREVER, dt, y, target, event=event, throw=False,
            saveat=diffrax.SaveAt(t1=True), stepsize_controller=controller, max_steps=MOST_STEPS,
        )
        y, end = found.ys[0], found.ts[0]
        return (y, end, (end - t) / 20), y

    @jax.jit
    def solve(y, tolerance):
        controller = diffrax.PIDController(rtol=tolerance, atol=tolerance, pcoeff=0.3, icoeff=0.4)
        chord = diffrax.VeryChord(rtol=root_factor * tolerance, atol=root_factor * tolerance)
        solver = getattr(diffrax, method)(root_finder=chord)
        first = (y, jnp.array(0.0), jnp.array(1e-3))
        targets = jnp.array(flow.targets)
        return jax.lax.scan(lambda c, t: leg(controller, solver, c, t), first, targets)[1]

    start = jnp.array(flow.start)
    return lambda tolerance: np.asarray(solve(start, tolerance))


def prepare(request, progress):
    flow, method = LateFlow(request), request["method"]
    best, reason, compiling = (None, None, None, None), "", 0.0
    for factor in (1.0, 0.1):
        progress(f"compiles, roots to {factor:g} of the tolerance")
        solve = solver_for(flow, method, factor)
        seconds, _ = timed(solve, 1e-3)
        compiling = compiling or seconds
        seconds, tolerance, why = cheapest(solve, flow.error, request["accuracy"])
        if seconds is None:
            reason = why
        elif best[0] is None or seconds < best[0]:
            best = (seconds, tolerance, factor, solve)
    if best[0] is None:
        return {"unavailable": reason}
    calls = max(1, round(request["seconds"] / best[0]))
    state.update(flow=flow, calls=calls, call=lambda: best[3](best[1]))
    return {
        "version": diffrax.__version__,
        "tolerance": best[1],
        "rootTolerance": best[2] * best[1],
        "compileSeconds": compiling,
    }


def run(request, progress):
    seconds = seconds_per_call(state["call"], state["calls"])
    return {"seconds": seconds, "answer": packed(state["flow"].directions(state["call"]()))}


serve({"prepare": prepare, "run": run})
