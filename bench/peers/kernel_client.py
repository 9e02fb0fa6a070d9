"""A Jupyter client with a time limit on everything, for the comparison of kernels."""

import os
import signal
import subprocess
import time
from collections import namedtuple

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

Kernel = namedtuple("Kernel", "manager client began ready")
"""A running kernel; `ready` is seconds from its start to its first kernel_info_reply, or None."""

Ran = namedtuple("Ran", "reply outputs seconds idle")
"""What a cell brought: the content of its reply or None, (type, content) of its outputs, and seconds
until reply and idle were both there; `idle` says whether they were."""

# A socket that finds nobody tries again after this many milliseconds; ZeroMQ's own 100 would round times.
RETRY = 10


def manager_of(spec, extra):
    """Prepares a kernel of {argv, interrupt, folder}, with more variables in its environment."""
    context = zmq.Context()
    context.reconnect_ivl = RETRY
    # Nothing is to be lost on our side of a flood.
    context.rcvhwm = 0
    manager = KernelManager(context=context, kernel_name=spec["name"])
    manager._kernel_spec = KernelSpec(
        argv=spec["argv"],
        display_name=spec["name"],
        language=spec["language"],
        interrupt_mode=spec["interrupt"],
    )
    environment = {**os.environ, **spec.get("environment", {}), **extra}
    options = {"cwd": spec["folder"], "env": environment, "stdout": subprocess.DEVNULL}
    return manager, {**options, "stderr": subprocess.DEVNULL}


def start(spec, extra=None, limit=60):
    """Starts a kernel and waits for its first answer."""
    manager, options = manager_of(spec, extra or {})
    began = time.perf_counter()
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels(hb=False)
    message, reply = client.kernel_info(), None
    while reply is None and time.perf_counter() < began + limit and manager.is_alive():
        reply = wait_for(client.shell_channel, message, time.perf_counter() + 1)
    ready = None if reply is None else time.perf_counter() - began
    return Kernel(manager, client, began, ready)


def wait_for(channel, message, until):
    """The content of the reply to a message, or None when the time is over."""
    while (left := until - time.perf_counter()) > 0:
        if channel.socket.poll(1000 * left):
            found = channel.get_msg(timeout=1)
            if found["parent_header"].get("msg_id") == message:
                return found["content"]
    return None


def settle(kernel, limit=20):
    """Waits until outputs arrive: a subscription takes a moment, and what came before it is lost."""
    until = time.perf_counter() + limit
    while time.perf_counter() < until:
        message = kernel.client.kernel_info()
        wait_for(kernel.client.shell_channel, message, time.perf_counter() + 1)
        if wait_for(kernel.client.iopub_channel, message, time.perf_counter() + 0.3) is not None:
            return


def send(kernel, code, **options):
    return kernel.client.execute(code, allow_stdin=False, **options)


def collect_all(kernel, messages, began, limit, replies=None):
    """Gathers what belongs to some cells until reply and idle of each are there, or the time is over."""
    outputs = {message: [] for message in messages}
    replies = {message: None for message in messages} | (replies or {})
    seconds, idle, until = {}, set(), began + limit
    shell, iopub = kernel.client.shell_channel, kernel.client.iopub_channel
    poller = zmq.Poller()
    poller.register(shell.socket, zmq.POLLIN)
    poller.register(iopub.socket, zmq.POLLIN)
    while len(seconds) < len(messages) and (left := until - time.perf_counter()) > 0:
        ready = dict(poller.poll(1000 * left))
        for channel in (shell, iopub):
            if channel.socket not in ready:
                continue
            found = channel.get_msg(timeout=1)
            message = found["parent_header"].get("msg_id")
            if message not in outputs:
                continue
            kind, content = found["header"]["msg_type"], found["content"]
            if channel is shell:
                replies[message] = content
            elif kind == "status" and content["execution_state"] == "idle":
                idle.add(message)
            elif kind not in ("status", "execute_input"):
                outputs[message].append((kind, content))
            if replies[message] is not None and message in idle:
                seconds.setdefault(message, time.perf_counter() - began)
    spent = time.perf_counter() - began
    return [Ran(replies[m], outputs[m], seconds.get(m, spent), m in seconds) for m in messages]


def collect(kernel, message, began, limit, reply=None):
    """The same for one cell."""
    return collect_all(kernel, [message], began, limit, {message: reply} if reply else None)[0]


def run(kernel, code, limit=20, **options):
    """Runs a cell to its end, or for `limit` seconds."""
    began = time.perf_counter()
    return collect(kernel, send(kernel, code, **options), began, limit)


def printed(ran, name="stdout"):
    """All text that a cell wrote to a stream."""
    return "".join(c["text"] for kind, c in ran.outputs if kind == "stream" and c["name"] == name)


def said(ran):
    """All text that a cell showed, in whatever way."""
    parts = []
    for kind, content in ran.outputs:
        parts.append(content.get("text", "") if kind == "stream" else "")
        parts.append("\n".join([content.get("evalue", ""), *content.get("traceback", [])]))
        parts.append(content.get("data", {}).get("text/plain", ""))
    return "\n".join(parts)


def processes(kernel):
    """Process ids of a kernel and of all that descends from it, with the bytes of memory of each."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True)
    rows = [[int(word) for word in line.split()] for line in listed.stdout.splitlines()]
    tree = [kernel.manager.provisioner.pid] if kernel.manager.provisioner else []
    for parent in tree:
        tree += [pid for pid, above, _ in rows if above == parent]
    return {pid: share(pid, 1024 * rss) for pid, _, rss in rows if pid in tree}


def share(pid, resident):
    """Bytes of a process, a page that n processes use counted as a part of 1/n, where the system says so."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as lines:
            return next(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return resident


def megabytes(kernel):
    """Memory of a kernel with all its processes."""
    return sum(processes(kernel).values()) / 2**20


def stop(kernel):
    """Ends a kernel at once, with all its processes, whatever state they are in."""
    tree = list(processes(kernel))
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)
    for pid in tree:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    kernel.manager.context.destroy(linger=0)
