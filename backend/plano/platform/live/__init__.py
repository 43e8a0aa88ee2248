"""Live frames: one dense number per scope, one row per change, the same bytes to every socket (ADR 0003).

Features use `Kind` and `unit_of_work` only; the tailer, the bus and the socket are wired by `config`.
"""

from plano.platform.live.kinds import Kind, kind_named, kinds
from plano.platform.live.work import Emit, unit_of_work

__all__ = ["Emit", "Kind", "kind_named", "kinds", "unit_of_work"]
