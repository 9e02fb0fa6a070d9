"""The spiral in 50 digits, from the definition of its margin in three coordinates alone: the numbers of
spiral-reference.json, written by `python3 reference.py > spiral-reference.json` (mpmath 1.3.0)."""

import json

from mpmath import atan2, cos, exp, log, mp, mpf, sin, sqrt

mp.dps = 60
# Central differences of sixth order: (1e-12)^6 relative to the shape, whose scale is 1/s or so.
STEP = mpf(10) ** -14


def valley(theta):
    """f at the direction of theta."""
    length = sqrt(sum(t * t for t in theta))
    u, v, _ = [t / length for t in theta]
    squared = u * u + v * v
    winding = 1 / (1 - squared)
    steep = 4 * squared**2 / (4 * squared**2 + (1 - squared) ** 3)
    return exp(-winding) * (1 - steep * sin(atan2(v, u) - winding))


def margin(theta):
    """The margin of degree 2."""
    return sum(t * t for t in theta) * (1 - valley(theta))


def on_sphere(s, phi):
    r = sqrt(1 - 1 / s)
    return [r * cos(phi), r * sin(phi), 1 / sqrt(s)]


def difference(f, x):
    weights = [(1, mpf(3) / 4), (2, -mpf(3) / 20), (3, mpf(1) / 60)]
    return sum(w * (f(x + k * STEP) - f(x - k * STEP)) for k, w in weights) / STEP


def velocity(s, phi):
    """The part of the margin's gradient across theta, at a unit vector."""
    w = on_sphere(s, phi)
    gradient = [
        difference(lambda x, i=i: margin([x if j == i else w[j] for j in range(3)]), w[i])
        for i in range(3)
    ]
    radial = sum(g * x for g, x in zip(gradient, w))
    return [g - radial * x for g, x in zip(gradient, w)]


def polar(s, phi):
    """The same velocity, in s and phi, times e^s."""
    v = velocity(s, phi)
    by_s = [difference(lambda x, i=i: on_sphere(x, phi)[i], s) for i in range(3)]
    by_phi = [difference(lambda x, i=i: on_sphere(s, x)[i], phi) for i in range(3)]
    onto = lambda t: exp(s) * sum(a * b for a, b in zip(v, t)) / sum(a * a for a in t)
    return onto(by_s), onto(by_phi)


def rows():
    for phi in ["1.2", "1.6431224921687235", "2", "5", "10", "20"]:
        at = mpf(phi)
        s_dot, phi_dot = polar(at, at)
        delta = mpf(10) ** -8
        drift = lambda psi: (lambda v: v[1] - v[0])(polar(at, at + psi))
        growth = (drift(delta) - drift(-delta)) / (2 * delta) / phi_dot
        yield {
            "phi": float(at),
            "minusLogValley": float(-log(valley(on_sphere(at, at)))),
            "away": float(abs(phi_dot - s_dot) / phi_dot),
            "speed": float(phi_dot),
            "growth": float(growth),
        }


def beside():
    for s, psi in [("1.3", "0.7"), ("3", "-1.1"), ("7", "1.5"), ("12", "4")]:
        at, phase = mpf(s), mpf(psi)
        s_dot, phi_dot = polar(at, at + phase)
        yield {
            "s": float(at),
            "phi": float(at + phase),
            "minusLogValley": float(-log(valley(on_sphere(at, at + phase)))),
            "sVelocity": float(s_dot),
            "phiVelocity": float(phi_dot),
        }


print(json.dumps({"onCurve": list(rows()), "beside": list(beside())}, indent=2))
