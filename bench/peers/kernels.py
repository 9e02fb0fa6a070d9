"""Kernels, tried as Jupyter would use them: one request starts, tries and ends a kernel."""

import os
import sys

import kernel_checks
import kernel_conformance
import kernel_trials
from kernel_cells import CELLS
from protocol import sentence_of, serve

TRIALS = {
    "timing": kernel_trials.timing,
    "imports": kernel_trials.imports,
    "later imports": kernel_trials.later_imports,
    "flood": kernel_trials.flood,
    "order": kernel_trials.order,
    "loops": kernel_trials.loops,
    "allocation": kernel_trials.allocation,
    "interrupts": kernel_trials.interrupts,
    "errors": kernel_checks.errors,
    "out of memory": kernel_checks.out_of_memory,
    "length": kernel_trials.length,
    "conformance": kernel_conformance.conformance,
    "rich": kernel_checks.rich,
}


def completed(spec):
    """Deno's program lies beside the Python that runs this."""
    own = os.path.join(os.path.dirname(sys.executable), spec["argv"][0])
    return {**spec, "argv": [own, *spec["argv"][1:]]} if os.path.exists(own) else spec


def attempt(request, progress):
    """Runs one trial of one kernel; a trial that breaks down has a sentence in place of findings."""
    spec = completed(request["kernel"])
    try:
        return TRIALS[request["trial"]](spec, CELLS[spec["dialect"]], progress)
    except Exception as error:
        return {"failed": sentence_of(error)}


if __name__ == "__main__":
    serve({"try": attempt})
