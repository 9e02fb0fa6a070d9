"""The cheapest tolerance of a ladder that meets an accuracy."""

import time

# Quarters of a decade, from 1e-4 to 1e-10: the decades are tried first, then the rungs between the
# last decade that misses and the first one that fits.
LADDER = [10 ** (-k / 4) for k in range(16, 41)]
DECADE = 4
# A looser rung may be the slower one, so those just below the first that fits are tried as well.
RUNGS_BELOW = 3
# A rung that takes this long is the last.
PATIENCE = 4.0
# Where it is cheap, a rung that fits counts with the best of three runs after one that warms up.
QUICK = 0.5


def timed(solve, tolerance):
    began = time.perf_counter()
    states = solve(tolerance)
    return time.perf_counter() - began, states


class Ladder:
    def __init__(self, solve, error, accuracy):
        self.solve, self.error, self.accuracy = solve, error, accuracy
        self.fitting, self.nearest, self.slowest = [], float("inf"), 0.0

    def fits(self, rung):
        """Tries a rung; whether it meets the accuracy."""
        tolerance = LADDER[rung]
        try:
            seconds, states = timed(self.solve, tolerance)
        except (RuntimeError, ValueError, FloatingPointError, ArithmeticError):
            return False
        self.slowest = max(self.slowest, seconds)
        reached = self.error(states)
        self.nearest = min(self.nearest, reached)
        if not reached <= self.accuracy:
            return False
        if seconds < QUICK:
            seconds = min(timed(self.solve, tolerance)[0] for _ in range(3))
        self.fitting.append((seconds, tolerance))
        return True

    def climb(self):
        first = None
        for rung in range(0, len(LADDER), DECADE):
            if self.fits(rung):
                first = rung
                break
            if self.slowest > PATIENCE:
                return
        if first is None:
            return
        between = range(max(0, first - DECADE + 1), first)
        first = next((rung for rung in between if self.fits(rung)), first)
        for rung in range(first + 1, min(first + 1 + RUNGS_BELOW, len(LADDER))):
            if self.slowest > PATIENCE:
                return
            self.fits(rung)


def cheapest(solve, error, accuracy):
    """(seconds, tolerance, None), or (None, None, why no tolerance will do)."""
    ladder = Ladder(solve, error, accuracy)
    ladder.climb()
    if ladder.fitting:
        return (*min(ladder.fitting), None)
    reached = f"its error stays at {ladder.nearest:.1e} on every rung of the ladder of tolerances"
    return None, None, reached
