"""What the comparison of kernels tries, one function for each: a kernel's spec and cells in, findings out.

A finding is {"value": number or null, "text": what to show, "seen": what to keep}. Less is better; null
says that the kernel did not get there, and the text why.
"""

import re
import time
from statistics import median

from kernel_cells import IMPORTS, LINES, MAKING, making
from kernel_client import (
    collect, megabytes, printed, processes, run, said, send, settle, start, stop, wait_for,
)

CELLS_IN_A_ROW = 50
CELLS_AT_LENGTH = 1000
MOST_ENDLESS = 5


def finding(value, text, **seen):
    return {"value": value, "text": text, "seen": seen}


def started(trial):
    """Gives the trial a kernel of its own, ready, and ends it whatever happens."""

    def whole(spec, cells, progress):
        kernel = start(spec)
        try:
            if kernel.ready is None:
                return {"failed": "does not start"}
            settle(kernel)
            return trial(kernel, cells, progress)
        finally:
            stop(kernel)

    return whole


def timing(spec, cells, _progress):
    """Seconds from the start to the first answer and to the first cell's reply; and of later cells."""
    kernel = start(spec)
    try:
        if kernel.ready is None:
            return {"failed": "does not start"}
        # Its outputs may be lost: the subscription to them is not there yet.
        first = wait_for(kernel.client.shell_channel, send(kernel, cells["small"](0)), kernel.began + 60)
        settled = time.perf_counter() - kernel.began
        if (first or {}).get("status") != "ok":
            return {"failed": "the first cell does not run"}
        settle(kernel)
        later = [run(kernel, cells["small"](k + 1)) for k in range(CELLS_IN_A_ROW)]
        if not all(ran.idle for ran in later):
            return {"failed": "a small cell does not end"}
        shown = [str(k + 2) in said(ran) for k, ran in enumerate(later)]
        return {
            "unseen": shown.count(False),
            "ready": kernel.ready,
            "first": settled,
            "later": 1000 * median(ran.seconds for ran in later),
            "memory": megabytes(kernel),
        }
    finally:
        stop(kernel)


# Seconds that someone takes to open a notebook and press a key.
PAUSE = 3


@started
def imports(kernel, _cells, _progress):
    return imported(kernel, "imports")


@started
def later_imports(kernel, _cells, _progress):
    time.sleep(PAUSE)
    return imported(kernel, "later imports")


def imported(kernel, key):
    ran = [run(kernel, f"import {{ {name} }} from 'afterfit';\ntypeof {name}", 60) for name in IMPORTS]
    known = [one.idle and re.search("function|object", said(one)) for one in ran]
    wrong = [name for name, right in zip(IMPORTS, known) if not right]
    total = sum(one.seconds for one in ran)
    if wrong:
        return {key: finding(None, f"{len(wrong)} of {len(ran)} fail", wrong=wrong)}
    shown = f"{total:.2f} s, the first {ran[0].seconds:.2f} s"
    return {key: finding(total, shown, seconds=[one.seconds for one in ran])}


@started
def flood(kernel, cells, _progress):
    ran = run(kernel, cells["flood"], 30)
    lines = printed(ran).split()
    numbers = [int(line) for line in lines if line.isdigit()]
    ordered = numbers == sorted(numbers)
    lost = LINES - len(set(numbers))
    count = len(ran.outputs)
    seen = {"lines": len(numbers), "ordered": ordered, "messages": count, "seconds": ran.seconds}
    order = "in order" if ordered else "out of order"
    ending = f"{ran.seconds:.2f} s" if ran.idle else "no end within 30 s"
    whole = lost == 0 and ordered and ran.idle
    return {
        "flood": finding(
            ran.seconds if whole else None,
            f"{len(numbers):,} lines {order}, {count:,} messages, {ending}",
            **seen,
        ),
        "flood lost": finding(lost, f"{lost:,}", **seen),
    }


def joined(outputs):
    """Outputs as words, neighbours on one stream as one."""
    words = []
    for kind, content in outputs:
        if kind == "stream" and words and words[-1][0] == content["name"]:
            words[-1] = (content["name"], words[-1][1] + content["text"])
        elif kind == "stream":
            words.append((content["name"], content["text"]))
        else:
            words.append((kind, content.get("data", {}).get("text/plain", "")))
    return [" ".join(text.split()) for _, text in words]


@started
def order(kernel, cells, _progress):
    ran = run(kernel, cells["order"])
    words = joined(ran.outputs)
    right = words == ["a", "shown", "b c", "shown", "d"]
    text = "kept" if right else f"wrong, until idle: {', '.join(words)}"
    return {"order": finding(0 if right else 1, text, words=words)}


@started
def loops(kernel, cells, _progress):
    times = {}
    for name in ("loop", "loop in a function"):
        ran = [run(kernel, cells[name], 120) for _ in range(3)]
        numbers = [float(one) for one in re.findall(r"[\d.]+", " ".join(map(printed, ran)))]
        if not numbers:
            return {"loops": finding(None, "fails", said=said(ran[0])[:300])}
        times[name] = min(numbers)
    ratio = times["loop"] / times["loop in a function"]
    text = f"{ratio:.2f} × ({times['loop']:.1f} ms against {times['loop in a function']:.1f} ms)"
    return {"loops": finding(ratio, text, milliseconds=times)}


# A first run is compiled as it goes, and the machine does other things too.
REPEATS = 5


@started
def allocation(kernel, _cells, _progress):
    found = {}
    for name in MAKING:
        ran = [run(kernel, making(name), 60) for _ in range(REPEATS)]
        times = [float(one) for one in re.findall(r"[\d.]+", " ".join(map(printed, ran)))]
        whole = len(times) == REPEATS
        text = f"{min(times):.0f} ms" if whole else "fails"
        seen = {"milliseconds": times} if whole else {"said": said(ran[0])[:300]}
        found[f"made: {name}"] = finding(min(times) if whole else None, text, **seen)
    return found


SITUATIONS = ["a synchronous loop", "an await", "a loop after an await", "native calls", "timers"]


def interrupt(spec, cells, situation, limit=10):
    """Interrupts one cell half a second after its start, and looks at the kernel that is left."""
    kernel = start(spec)
    try:
        settle(kernel)
        run(kernel, cells["keep"])
        message = send(kernel, cells[situation])
        collect(kernel, message, time.perf_counter(), 0.5)
        began = time.perf_counter()
        kernel.manager.interrupt_kernel()
        ran = collect(kernel, message, began, limit)
        if not ran.idle:
            return finding(None, "hangs" if kernel.manager.is_alive() else "the kernel dies")
        kept = [printed(run(kernel, cells["kept"], limit)).strip()]
        if kept != ["42"]:
            time.sleep(0.5)
            kept.append(printed(run(kernel, cells["kept"], limit)).strip())
        right = kept == ["42"]
        ticking = False
        if situation == "timers" and right:
            ticks = [printed(run(kernel, cells["ticks"], limit)).strip()]
            time.sleep(0.3)
            ticks.append(printed(run(kernel, cells["ticks"], limit)).strip())
            ticking = ticks[0] != ticks[1]
        status = (ran.reply or {}).get("status")
        left = "the next cell is skipped" if kept[-1] == "42" else "variables lost"
        after = left if not right else "timers go on" if ticking else "variables kept"
        text = f"{ran.seconds:.2f} s, {after}"
        return finding(ran.seconds if right and not ticking else None, text, status=status)
    finally:
        stop(kernel)


def interrupts(spec, cells, progress):
    found = {}
    for situation in SITUATIONS:
        progress(f"interrupts {situation}")
        found[f"interrupt: {situation}"] = interrupt(spec, cells, situation)
    return found


@started
def length(kernel, cells, progress):
    """A thousand small cells: memory, and how long the last ones take."""
    times, endless = [], 0
    for k in range(CELLS_AT_LENGTH):
        if k % 100 == 0:
            progress(f"cell {k} of {CELLS_AT_LENGTH}")
        ran = run(kernel, cells["small"](k), 5)
        endless += not ran.idle
        if endless > MOST_ENDLESS:
            lost = finding(None, f"{endless} of {k} cells do not end")
            return {"memory": lost, "cell 1000": lost}
        times.append(ran.seconds)
    size, last = megabytes(kernel), 1000 * median(times[-50:])
    short = f", {endless} cells without an end" if endless else ""
    parts = [round(rss / 2**20) for rss in processes(kernel).values()]
    return {
        "memory": finding(size, f"{size:.0f} MB{short}", processes=parts, endless=endless),
        "cell 1000": finding(last, f"{last:.1f} ms", first=1000 * median(times[:50])),
    }
