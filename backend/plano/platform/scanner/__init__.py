"""The antivirus: bytes in, a verdict out. Without one configured, nobody looked and nobody claims otherwise (R-75).

`scanner()` gives the adapter of this installation, or None.
"""

from plano.platform.scanner.base import Finding, Outcome, Scanner, Unreachable
from plano.platform.scanner.chosen import scanner, use

__all__ = ["Finding", "Outcome", "Scanner", "Unreachable", "scanner", "use"]
