"""The cheapest tolerance of a ladder that meets an accuracy."""

import time

LADDER = [1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 3e-9, 1e-9, 3e-10, 1e-10]

# A looser rung may be the slower one, so those just below the first that meets the accuracy are
# tried as well; and a rung that takes this long is the last.
RUNGS_BELOW = 3
PATIENCE = 4.0
# Where it is cheap, a rung counts with the better of two runs after a first one that warms up.
QUICK = 0.5


def timed(solve, tolerance):
    began = time.perf_counter()
    states = solve(tolerance)
    return time.perf_counter() - began, states


def cheapest(solve, error, accuracy):
    """(seconds, tolerance, None), or (None, None, why no tolerance will do)."""
    fitting, nearest = [], float("inf")
    below = 0
    for tolerance in LADDER:
        try:
            seconds, states = timed(solve, tolerance)
            if seconds < QUICK:
                seconds = min(timed(solve, tolerance)[0] for _ in range(2))
        except (RuntimeError, ValueError, FloatingPointError, ArithmeticError):
            continue
        reached = error(states)
        nearest = min(nearest, reached)
        if reached <= accuracy:
            fitting.append((seconds, tolerance))
        below += 1 if fitting else 0
        if below > RUNGS_BELOW or seconds > PATIENCE:
            break
    if fitting:
        return (*min(fitting), None)
    return None, None, f"its error stays at {nearest:.1e} on every rung of the ladder of tolerances"
