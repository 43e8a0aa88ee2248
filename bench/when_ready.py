"""when_ready.py URL FILE command…: runs the command once URL answers 200, FILE exists and the server rests; 60 s at most.

A fresh demonstration makes previews for some ten seconds: what is measured meanwhile is the previews.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from common import Watch

url, file, *command = sys.argv[1:]


def rest() -> None:
    """Until the server has used less than a twentieth of a core for two seconds."""
    quiet = 0
    while quiet < 2 and time.time() < end:
        with Watch([urlsplit(url).port]) as watch:
            time.sleep(1)
        quiet = quiet + 1 if watch.cpu < 0.05 else 0


end = time.time() + 60
while time.time() < end:
    try:
        if urllib.request.urlopen(url, timeout=2).status == 200 and os.path.exists(file):
            rest()
            os.execvp(command[0], command)
    except (urllib.error.URLError, OSError):
        pass
    time.sleep(0.2)
sys.exit(f"{url} is not ready")
