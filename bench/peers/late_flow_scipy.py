"""The late flow by one of SciPy's stiff methods.

As one would write it: in the clock τ, SciPy differencing the right-hand side for its Jacobian. Or
tuned: with our Jacobian and in the variable that suits it best.
"""

import warnings

import numpy as np
import scipy
from scipy.integrate import odeint, solve_ivp

from ladder import cheapest, timed
from late_flow import LateFlow
from protocol import packed, seconds_per_call, serve

state = {}
FOREVER = 1e12
# Seconds of a run after which no smaller tolerance is tried in a sweep.
LONGEST = 8.0


def by_clock(flow, method, analytic):
    """In the clock τ, with an event at every target; the last one ends the run."""

    def event_at(target):
        def event(_t, y):
            return flow.alpha(y) - target

        event.direction = 1
        event.terminal = target == flow.targets[-1]
        return event

    events = [event_at(target) for target in flow.targets]
    options = {"jac": flow.jacobian} if analytic else {}

    def solve(tolerance):
        found = solve_ivp(
            flow.field, (0, FOREVER), flow.start, method=method, events=events,
            rtol=tolerance, atol=tolerance, **options,
        )
        return [states[0] for states in found.y_events if len(states) > 0]

    return solve


def times_of(flow):
    return np.arcsinh([flow.alpha(flow.start), *flow.targets])


def by_alpha(flow, method):
    """In β = asinh α, where the targets are points of output."""
    times = times_of(flow)

    def solve(tolerance):
        found = solve_ivp(
            flow.field_by_alpha, (times[0], times[-1]), flow.start, method=method,
            t_eval=times[1:], rtol=tolerance, atol=tolerance, jac=flow.jacobian_by_alpha,
        )
        return found.y.T if found.success else None

    return solve


def by_odeint(flow):
    """The same through odeint, whose loop over the steps is compiled: LSODA with the least around it."""
    times = times_of(flow)

    def solve(tolerance):
        found, info = odeint(
            flow.field_by_alpha, flow.start, times, Dfun=flow.jacobian_by_alpha, tfirst=True,
            rtol=tolerance, atol=tolerance, mxstep=100_000, full_output=True,
        )
        return found[1:] if info["message"] == "Integration successful." else None

    return solve


def formulations(flow, method, tuned):
    if not tuned:
        yield "clock, differenced Jacobian", by_clock(flow, method, False)
        return
    yield "clock, analytic Jacobian", by_clock(flow, method, True)
    yield "log α, analytic Jacobian", by_alpha(flow, method)
    if method == "LSODA":
        yield "log α, analytic Jacobian, odeint", by_odeint(flow)


def prepare(request, progress):
    warnings.filterwarnings("ignore")
    flow, method = LateFlow(request), request["method"]
    best, reason = (None, None, None, None), "no formulation was tried"
    for name, solve in formulations(flow, method, request["tuned"]):
        progress(name)
        seconds, tolerance, why = cheapest(solve, flow.error, request["accuracy"])
        if seconds is None:
            reason = why
        elif best[0] is None or seconds < best[0]:
            best = (seconds, tolerance, name, solve)
    if best[0] is None:
        return {"unavailable": reason}
    calls = max(1, round(request["seconds"] / best[0]))
    state.update(flow=flow, calls=calls, call=lambda: best[3](best[1]))
    return {"version": scipy.__version__, "tolerance": best[1], "formulation": best[2]}


def run(request, progress):
    seconds = seconds_per_call(state["call"], state["calls"])
    return {"seconds": seconds, "answer": packed(state["flow"].directions(state["call"]()))}


def sweep(request, progress):
    """Evaluations, seconds and the error at the last target, for each tolerance."""
    warnings.filterwarnings("ignore")
    flow, method = LateFlow(request), request["method"]
    calls = [0]
    field = flow._field

    def counted(y):
        calls[0] += 1
        return field(y)

    flow._field = counted
    solve = by_alpha(flow, method) if request["tuned"] else by_clock(flow, method, False)
    points = []
    for tolerance in request["tolerances"]:
        progress(f"tolerance {tolerance:.0e}")
        calls[0] = 0
        seconds, states = timed(solve, tolerance)
        if states is not None and len(states) == len(flow.targets):
            error = float(np.linalg.norm(flow.directions(states)[-1] - flow.reference[-1]))
            points.append(
                {"tolerance": tolerance, "evaluations": calls[0], "seconds": seconds, "directionError": error}
            )
        if seconds > LONGEST:
            break
    return {"points": points}


serve({"prepare": prepare, "run": run, "sweep": sweep})
