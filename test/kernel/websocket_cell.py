"""Runs a cell as a notebook in a browser does: over the websocket of a Jupyter server.

Takes the socket's address and the code; prints the types of the messages that belong to the cell and the
text of its result.
"""

import json
import sys
import uuid

import websocket


def run(address, code):
    socket = websocket.create_connection(address, timeout=30)
    header = {
        "msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": uuid.uuid4().hex,
        "username": "", "version": "5.4", "date": "2026-01-01T00:00:00Z",
    }
    content = {
        "code": code, "silent": False, "store_history": True, "user_expressions": {},
        "allow_stdin": False, "stop_on_error": True,
    }
    request = {
        "header": header, "parent_header": {}, "metadata": {}, "content": content,
        "channel": "shell", "buffers": [],
    }
    socket.send(json.dumps(request))
    types, result, waiting = [], None, {"reply", "idle"}
    while waiting:
        message = json.loads(socket.recv())
        if message["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        types.append(kind)
        if kind == "execute_result":
            result = content["data"]["text/plain"]
        if kind == "execute_reply":
            waiting.discard("reply")
        if content.get("execution_state") == "idle":
            waiting.discard("idle")
    socket.close()
    print(json.dumps({"types": types, "result": result}))


if __name__ == "__main__":
    run(*sys.argv[1:])
