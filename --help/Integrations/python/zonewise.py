"""Asks zonewise from Python: one process answers many questions.

    from zonewise import Zonewise

    with Zonewise() as zonewise:
        advice = zonewise.ask("advise", "host.tar.gz", "--want", "max")
        print(advice["current"]["verdict"], advice["sizing"]["maxSafeMovableBytes"])

An answer is what the command prints with --format json; its schemas are in Documentation/schemas.
Python 3.9 and newer, nothing else.
"""

from __future__ import annotations

import json
import subprocess
from types import TracebackType
from typing import Any


class ZonewiseError(Exception):
    """A question without an answer: status is the exit code that the command would have."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Zonewise:
    """A running `zonewise serve --stdio`. Not for several threads at once."""

    def __init__(self, executable: str = "zonewise") -> None:
        self._process = subprocess.Popen([executable, "serve", "--stdio"], text=True,
                                         encoding="utf-8", stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE)
        self._asked = 0
        # The exit code that the last command would have: 1 where there are findings, 3 with --strict.
        self.status = 0

    def ask(self, *command: str) -> Any:
        """The answer as JSON values; raises ZonewiseError where there is none."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None or self._process.poll() is not None:
            raise ZonewiseError(70, "zonewise serve has ended")
        self._asked += 1
        stdin.write(json.dumps({"id": self._asked, "command": list(command)}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise ZonewiseError(70, "zonewise serve ended without an answer")
        answer: dict[str, Any] = json.loads(line)
        self.status = answer["status"]
        if answer["answer"] is None:
            raise ZonewiseError(self.status, answer["error"] or "no answer")
        return answer["answer"]

    def close(self) -> None:
        self._process.communicate()

    def __enter__(self) -> Zonewise:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
