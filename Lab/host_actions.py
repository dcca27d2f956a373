"""The host's side of a boot: does what the guest's "host" actions ask for, through QMP.

    host dimm SIZE NODE     hot-adds a memory module
    host balloon SIZE       inflates or deflates the balloon until the guest has SIZE left
"""

import json
import re
import socket
import time

SHIFTS = {"": 0, "K": 10, "M": 20, "G": 30}


def size_of(word):
    number, suffix = re.fullmatch(r"(\d+)([KMG]?)", word).groups()
    return int(number) << SHIFTS[suffix]


class QMP:
    """QEMU's control socket: one command at a time, events skipped."""

    def __init__(self, path):
        self.socket = connect(path)
        self.lines = self.socket.makefile("r")
        self.lines.readline()
        self.run("qmp_capabilities")

    def run(self, name, **arguments):
        message = {"execute": name, "arguments": arguments}
        self.socket.sendall(json.dumps(message).encode() + b"\n")
        for line in self.lines:
            answer = json.loads(line)
            if "error" in answer:
                raise RuntimeError(answer["error"]["desc"])
            if "return" in answer:
                return answer["return"]
        raise RuntimeError("QEMU closed its control socket")


def connect(path):
    for _ in range(600):
        try:
            client = socket.socket(socket.AF_UNIX)
            client.connect(str(path))
            return client
        except OSError:
            client.close()
            time.sleep(0.1)
    raise RuntimeError(f"no socket {path}")


def add_dimm(qmp, size, node):
    number = len(qmp.run("query-memory-devices"))
    qmp.run("object-add", **{"qom-type": "memory-backend-ram", "id": f"module{number}",
                             "size": size_of(size), "reserve": False})
    qmp.run("device_add", driver="pc-dimm", id=f"dimm{number}", memdev=f"module{number}",
            node=int(node))


def set_balloon(qmp, size):
    qmp.run("balloon", value=size_of(size))
    for _ in range(1200):
        if qmp.run("query-balloon")["actual"] == size_of(size):
            return
        time.sleep(0.5)
    raise RuntimeError("the balloon did not get there")


REQUESTS = {"dimm": add_dimm, "balloon": set_balloon}


def serve(sockets):
    """Answers the control port until QEMU is gone and closes it."""
    control = connect(sockets / "control")
    qmp = QMP(sockets / "qmp")
    for request in control.makefile("r", errors="replace"):
        words = request.split()
        try:
            REQUESTS[words[0]](qmp, *words[1:])
            answer = "ok"
        except (RuntimeError, KeyError, TypeError, IndexError) as problem:
            answer = f"failed: {problem}"
        control.sendall(answer.encode() + b"\n")
