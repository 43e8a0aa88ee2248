"""Looks at an office file, then becomes LibreOffice: `office.py FILE FOLDER SOFFICE [UID GID]`.

What would never open is told at once: a password, a bomb (R-73).
"""

import codecs
import os
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plano.platform.converters.workers import common
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common

MAX_ENTRIES = 20_000
MAX_UNPACKED = 1 << 30
MAX_RATIO, RATIO_FROM = 200, 50 << 20
ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")
_ITEMS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)


def look(source: str) -> None:
    """Refuse what LibreOffice would only struggle with."""
    with open(source, "rb") as file:  # noqa: PTH123
        head = file.read(1 << 20)
    if head.startswith(b"\xd0\xcf\x11\xe0") and ENCRYPTED_OOXML in head:
        raise common.Stop(common.PASSWORD)
    if not head.startswith(b"PK"):
        return
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
        size = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        if len(entries) > MAX_ENTRIES or size > MAX_UNPACKED or (size > RATIO_FROM and size / packed > MAX_RATIO):
            raise common.Stop(common.TOO_LARGE)
        for entry in entries:
            small = entry.filename == "META-INF/manifest.xml" and entry.file_size < 4 << 20
            if small and b"encryption-data" in archive.read(entry):
                raise common.Stop(common.PASSWORD)


def profile(folder: Path) -> str:
    """A new one: no macro runs, no link is followed."""
    (folder / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _ITEMS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
    return f"file://{folder}"  # ours: nothing in it needs quoting


def main() -> None:
    source, out, program = sys.argv[1:4]
    codecs.lookup("cp437")  # names in archives; loaded while we may read the library
    common.leave_user(sys.argv[4:])
    look(source)
    place = Path.cwd() / "profile"
    options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    command = [program, f"-env:UserInstallation={profile(place)}", *options, "--convert-to", "pdf", "--outdir", out]
    os.execve(program, [*command, source], environment)  # noqa: S606 - no shell


if __name__ == "__main__":
    common.run(main)
