"""A Jupyter client that a test drives: commands in, messages out, one JSON object a line.

The first command starts a kernel; after it every message that the kernel sends on any channel goes to
standard output as it arrives. A command with a number gets one answer with that number. When standard
input closes, however that comes about, the kernel's processes are killed.
"""

import asyncio
import base64
import contextlib
import json
import os
import signal
import sys
import threading
import time

import zmq
import zmq.asyncio
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

CHANNELS = ("shell", "control", "iopub", "stdin")


def tell(record):
    sys.stdout.write(json.dumps(record, default=str) + "\n")
    sys.stdout.flush()


class Client:
    def __init__(self):
        self.manager = None
        self.kernel = None

    def socket(self, channel):
        return getattr(self.kernel, f"{channel}_channel").socket

    async def start(self, command):
        """Starts a kernel by its name, or by `argv`, as a kernelspec has it."""
        manager = AsyncKernelManager()
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
        await manager.start_kernel(
            cwd=command["cwd"], env=command["env"], stdout=self.log, stderr=self.log
        )
        self.kernel = manager.client()
        self.kernel.start_channels(hb=False)
        for channel in CHANNELS:
            asyncio.create_task(self.forward(channel))
        return {"pid": manager.provisioner.pid, "key": manager.session.key.decode()}

    async def forward(self, channel):
        """Passes on what arrives on a channel; what the library cannot read is said to be so."""
        socket, session = self.socket(channel), self.kernel.session
        while True:
            frames = await socket.recv_multipart()
            record = {"event": "message", "channel": channel, "time": time.time() * 1000}
            try:
                message = session.deserialize(session.feed_identities(frames)[1])
            except Exception as error:
                tell({**record, "event": "unreadable", "error": f"{type(error).__name__}: {error}"})
                continue
            message["buffers"] = [bytes(each).hex() for each in message["buffers"]]
            tell({**record, "message": message})

    async def send(self, command):
        session = self.kernel.session
        message = session.msg(
            command["type"], command["content"], parent=command.get("parent"),
            metadata=command.get("metadata"),
        )
        message["header"]["msg_id"] = message["msg_id"] = command["id"]
        session.send(self.socket(command["channel"]), message)
        return {}

    async def raw(self, command):
        """Sends messages of frames in base64 as they are."""
        socket = self.socket(command["channel"])
        for frames in command["messages"]:
            await socket.send_multipart([base64.b64decode(frame) for frame in frames])
        return {}

    async def heartbeat(self, command):
        """Seconds until the heartbeat socket echoes a few bytes."""
        info = self.manager.get_connection_info()
        separator = ":" if info["transport"] == "tcp" else "-"
        address = f"{info['transport']}://{info['ip']}{separator}{info['hb_port']}"
        with zmq.asyncio.Context() as context, context.socket(zmq.REQ) as socket:
            socket.linger = 0
            socket.connect(address)
            start = time.time()
            await socket.send(b"ping")
            echo = await asyncio.wait_for(socket.recv(), command["patience"])
            return {"echo": echo.decode(), "seconds": time.time() - start}

    async def restart(self, command):
        await self.manager.restart_kernel(now=command["now"])
        return {"pid": self.manager.provisioner.pid}

    async def shutdown(self, command):
        await self.manager.shutdown_kernel(now=command["now"])
        return {}

    async def alive(self, command):
        return {"alive": await self.manager.is_alive()}

    def kill(self):
        """Ends the kernel's process group, which jupyter_client made for it."""
        provisioner = getattr(self.manager, "provisioner", None)
        group = getattr(provisioner, "pgid", None)
        if group:
            with contextlib.suppress(OSError):
                os.killpg(group, signal.SIGKILL)

    async def answer(self, command):
        try:
            outcome = await getattr(self, command["do"])(command)
        except Exception as error:
            outcome = {"error": f"{type(error).__name__}: {error}"}
        if "answer" in command:
            tell({"event": "answer", "answer": command["answer"], **outcome})


async def main():
    client = Client()
    loop = asyncio.get_running_loop()
    lines = asyncio.Queue()

    def read():
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(lines.put_nowait, json.loads(line))
        client.kill()
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        command = await lines.get()
        if command["do"] in ("send", "raw"):
            # In the order in which they came.
            await client.answer(command)
        else:
            asyncio.create_task(client.answer(command))


asyncio.run(main())
