"""How a peer talks to the benchmark: one JSON object per line on stdin and stdout.

A request is {"do": name, ...}; the answer is what the function of that name returns, or {"error":
sentence}. While it works a peer may send {"progress": text}. Arrays of float64 travel as {"float64":
base64 of the little-endian bytes}. Nothing but the standard library is needed here.
"""

import base64
import json
import os
import queue
import signal
import sys
import threading
import time
from array import array


def floats(packed):
    """The bytes of a packed array, for array('d') or numpy.frombuffer."""
    return base64.b64decode(packed["float64"])


def packed(values):
    """Packs a buffer of float64: an array('d'), or a contiguous NumPy array."""
    return {"float64": base64.b64encode(memoryview(values).cast("B")).decode("ascii")}


def packed_list(values):
    """Packs numbers given one by one."""
    return packed(array("d", values))


def limit_threads():
    """Keeps to as many processors as the benchmark lends, also with libraries that only count them."""
    count = int(os.environ.get("AFTERFIT_BENCH_THREADS", "0"))
    if count > 0 and hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, allowed[:count])


def seconds_per_call(call, calls):
    """Mean seconds of a call, over several calls in a row."""
    began = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - began) / calls


def calls_for(call, seconds):
    """How many calls fill the given time, at least one; warms up on the way."""
    calls = 1
    while True:
        each = seconds_per_call(call, calls)
        if each * calls >= seconds / 4:
            return max(1, round(seconds / each))
        calls *= 2


def _end():
    """Ends this process and all that it has started: it leads a process group of its own."""
    try:
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
    finally:
        os._exit(1)


def _read(lines):
    """Reads requests beside the work, so that the end of the benchmark ends the work as well."""
    for line in sys.stdin:
        lines.put(line)
    _end()


def sentence_of(error):
    """The kind of an exception and the first line of what it says."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def serve(functions):
    """Answers requests with the functions of the given names until stdin ends."""
    limit_threads()
    # Answers go to the stdout that we were given; what libraries print goes to stderr.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    lines = queue.Queue()
    threading.Thread(target=_read, args=(lines,), daemon=True).start()

    def send(message):
        answers.write(json.dumps(message) + "\n")

    def progress(text):
        send({"progress": text})

    while True:
        request = json.loads(lines.get())
        try:
            send(functions[request.pop("do")](request, progress))
        except Exception as error:
            send({"error": sentence_of(error)})
