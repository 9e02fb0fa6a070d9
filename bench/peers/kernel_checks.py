"""What the comparison of kernels checks: errors, an exhausted memory, rich results. See kernel_trials."""

import re
import time

from kernel_client import collect, collect_all, run, said, send, settle, start, stop
from kernel_trials import finding, started

COLOUR = re.compile(r"\x1b\[[\d;]*m")
LINE = r"line {0}\b|:{0}:\d|-> {0} |^\W*{0}\b.*\bthrow\b"


def verdicts(name, checks):
    """One finding from named checks, each true, false, or None where it makes no sense."""
    asked = {check: right for check, right in checks.items() if right is not None}
    failed = [check for check, right in asked.items() if not right]
    text = f"{len(asked) - len(failed)} of {len(asked)}" + (f"; not: {', '.join(failed)}" if failed else "")
    return {name: finding(len(failed), text, checks=checks)}


def contents(ran, kind):
    return [content for found, content in ran.outputs if found == kind]


def error_checks(kernel, cells):
    """An uncaught exception, with two cells behind it in the queue."""
    began = time.perf_counter()
    messages = [send(kernel, code) for code in (cells["slow error"], cells["result"], cells["result"])]
    first, *queued = collect_all(kernel, messages, began, 10)
    after = run(kernel, cells["result"], 5)
    reply, errors = first.reply or {}, contents(first, "error")
    name, line = cells["error name"], cells["error line"]
    shown = COLOUR.sub("", said(first))
    return {
        "an error message": any(error["ename"] == name for error in errors),
        "name and message in the reply": (reply.get("ename"), reply.get("evalue")) == (name, "on purpose"),
        "the right line": bool(re.search(LINE.format(line), shown, re.MULTILINE)),
        "what is queued is aborted": all((ran.reply or {}).get("status") == "aborted" for ran in queued),
        "the next cell runs": (after.reply or {}).get("status") == "ok" and "42" in said(after),
    }


@started
def errors(kernel, cells, _progress):
    checks = error_checks(kernel, cells)
    if cells["type errors"] is None:
        checks["all type errors at once"] = None
    else:
        ran = run(kernel, cells["type errors"], 10)
        told = len(re.findall("not assignable", said(ran).replace("\n", " ")))
        checks["all type errors at once"] = told >= 3
        run(kernel, cells["result"], 5)
        time.sleep(0.5)
    rejected = run(kernel, cells["rejection"], 5)
    names = [error["ename"] for error in contents(rejected, "error")]
    checks["an unhandled rejection"] = cells["error name"] in names
    checks["the kernel survives it"] = "42" in said(run(kernel, cells["result"], 5))
    return verdicts("errors", checks)


def out_of_memory(spec, cells, progress, limit=90):
    """A cell that takes more memory than the kernel has."""
    progress("out of memory")
    kernel = start(spec, extra=spec.get("small", {}))
    try:
        if kernel.ready is None:
            return {"failed": "does not start with a small heap"}
        settle(kernel)
        message = send(kernel, cells["hog"])
        began = time.perf_counter()
        ran = collect(kernel, message, began, 1)
        while not ran.idle and kernel.manager.is_alive() and time.perf_counter() - began < limit:
            more = collect(kernel, message, time.perf_counter(), 1, ran.reply)
            ran = more._replace(outputs=ran.outputs + more.outputs, idle=more.idle)
        seconds = time.perf_counter() - began
        errors = contents(ran, "error")
        told = bool(errors) or (ran.reply or {}).get("status") == "error"
        alive = kernel.manager.is_alive()
        goes_on = alive and "42" in said(run(kernel, cells["result"], 30))
        first = errors[0] if errors else {}
        said_name = first.get("ename", "no error")
        then = "the next cell runs" if goes_on else "the kernel is gone" if not alive else "no next cell"
        return {
            "out of memory": finding(
                (not told) + (not goes_on),
                f"{said_name} after {seconds:.1f} s, {then}",
                told=str(first.get("evalue", ""))[:200],
            )
        }
    finally:
        stop(kernel)


def bundles(ran):
    """The MIME bundles of a cell's results and displays."""
    return [c["data"] for kind, c in ran.outputs if kind in ("execute_result", "display_data")]


@started
def rich(kernel, cells, _progress):
    asked = ("result", "object", "html", "svg", "bundle", "update")
    ran = {name: run(kernel, cells[name], 10) for name in asked}
    results = {name: contents(one, "execute_result") for name, one in ran.items()}
    plain = [found["data"].get("text/plain", "") for found in results["result"]]
    objects = bundles(ran["object"])
    three = {"text/plain", "text/html", "application/json"}
    lives = contents(ran["update"], "display_data")
    updates = contents(ran["update"], "update_display_data")
    identity = [found.get("transient", {}).get("display_id") for found in lives + updates]
    checks = {
        "a result": [COLOUR.sub("", text) for text in plain] == [cells["result text"]],
        "an object as a result": bool(results["object"])
        and any("weights" in bundle.get("text/plain", "") for bundle in objects),
        "HTML": any("text/html" in bundle for bundle in bundles(ran["html"])),
        "SVG": any("image/svg+xml" in bundle for bundle in bundles(ran["svg"])),
        "several forms at once": any(three <= set(bundle) for bundle in bundles(ran["bundle"])),
        "a display updated": bool(lives and updates) and len(set(identity)) == 1 and None not in identity,
    }
    return verdicts("rich results", checks)


