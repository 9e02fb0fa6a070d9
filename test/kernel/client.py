"""A Jupyter client that a test drives: commands in, messages out, one JSON object a line.

The first command starts a kernel; after it every message that the kernel sends on any channel goes to
standard output as it arrives. A command with a number gets one answer with that number. When standard
input closes, however that comes about, the kernel's processes are killed.
"""

import base64
import contextlib
import json
import os
import signal
import sys
import time

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

CHANNELS = ("shell", "control", "iopub", "stdin")
STDIN = 0


def tell(record):
    sys.stdout.write(json.dumps(record, default=str) + "\n")
    sys.stdout.flush()


class Client:
    def __init__(self):
        self.manager = None
        self.kernel = None
        self.poller = zmq.Poller()
        self.poller.register(STDIN, zmq.POLLIN)
        self.channels = {}

    def start(self, command):
        """Starts a kernel by its name, or by `argv`, as a kernelspec has it."""
        manager = KernelManager()
        if command.get("argv"):
            manager._kernel_spec = KernelSpec(
                argv=command["argv"], language="typescript", interrupt_mode="message"
            )
        else:
            manager.kernel_name = command["name"]
        manager.connection_file = command["connectionFile"]
        manager.transport = command.get("transport", "tcp")
        if command.get("ip"):
            manager.ip = command["ip"]
        if command.get("key") is not None:
            manager.session.key = command["key"].encode()
        self.manager = manager
        self.log = open(command["log"], "ab")
        manager.start_kernel(
            cwd=command["cwd"], env=command["env"], stdout=self.log, stderr=self.log
        )
        self.kernel = manager.client()
        self.kernel.start_channels(hb=False)
        for channel in CHANNELS:
            socket = self.socket(channel)
            self.channels[socket] = channel
            self.poller.register(socket, zmq.POLLIN)
        return {"pid": manager.provisioner.pid, "key": manager.session.key.decode()}

    def socket(self, channel):
        return getattr(self.kernel, f"{channel}_channel").socket

    def forward(self, socket):
        """Passes on one message; where the library cannot read it, that is said."""
        session = self.kernel.session
        record = {"channel": self.channels[socket], "time": time.time() * 1000}
        frames = socket.recv_multipart()
        try:
            message = session.deserialize(session.feed_identities(frames)[1])
        except Exception as error:
            return tell({**record, "event": "unreadable", "error": f"{type(error).__name__}: {error}"})
        message["buffers"] = [bytes(each).hex() for each in message["buffers"]]
        tell({**record, "event": "message", "message": message})

    def send(self, command):
        session = self.kernel.session
        message = session.msg(command["type"], command["content"], parent=command.get("parent"))
        message["header"]["msg_id"] = message["msg_id"] = command["id"]
        session.send(self.socket(command["channel"]), message)
        return {}

    def raw(self, command):
        """Sends messages of frames in base64 as they are."""
        socket = self.socket(command["channel"])
        for frames in command["messages"]:
            socket.send_multipart([base64.b64decode(frame) for frame in frames])
        return {}

    def heartbeat(self, command):
        """Seconds until the heartbeat socket echoes a few bytes."""
        info = self.manager.get_connection_info()
        separator = ":" if info["transport"] == "tcp" else "-"
        address = f"{info['transport']}://{info['ip']}{separator}{info['hb_port']}"
        with zmq.Context() as context, context.socket(zmq.REQ) as socket:
            socket.linger = 0
            socket.rcvtimeo = int(1000 * command["patience"])
            socket.connect(address)
            start = time.time()
            socket.send(b"ping")
            return {"echo": socket.recv().decode(), "seconds": time.time() - start}

    def restart(self, command):
        self.manager.restart_kernel(now=command["now"])
        return {"pid": self.manager.provisioner.pid}

    def shutdown(self, command):
        self.manager.shutdown_kernel(now=command["now"])
        return {}

    def alive(self, command):
        return {"alive": self.manager.is_alive()}

    def kill(self):
        """Ends the kernel's process group, which jupyter_client made for it."""
        provisioner = getattr(self.manager, "provisioner", None)
        group = getattr(provisioner, "pgid", None)
        if group:
            with contextlib.suppress(OSError):
                os.killpg(group, signal.SIGKILL)

    def obey(self, command):
        try:
            outcome = getattr(self, command["do"])(command)
        except Exception as error:
            outcome = {"error": f"{type(error).__name__}: {error}"}
        if "answer" in command:
            tell({"event": "answer", "answer": command["answer"], **outcome})


def run():
    client = Client()
    unfinished = bytearray()
    while True:
        for ready, _ in client.poller.poll():
            if ready != STDIN:
                client.forward(ready)
                continue
            chunk = os.read(STDIN, 1 << 20)
            if not chunk:
                client.kill()
                os._exit(0)
            # Lines may have many megabytes, so what has come is not copied at each chunk.
            *ends, rest = chunk.split(b"\n")
            for end in ends:
                unfinished += end
                client.obey(json.loads(unfinished))
                unfinished = bytearray()
            unfinished += rest


if __name__ == "__main__":
    run()
