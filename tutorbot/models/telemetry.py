"""Keeps OpenVINO from reporting its use over the network.

`import openvino` sends an event to its makers unless the package `openvino_telemetry` cannot be imported, in which case
it goes on with a stub of its own. tutorbot promises to need no network and to send nothing.
"""

from __future__ import annotations

import sys


def forbid_telemetry() -> None:
    """Make the import of `openvino_telemetry` fail in this process. Call it before `import openvino`."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
