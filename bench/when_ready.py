"""when_ready.py URL FILE command…: runs the command once URL answers 200 and FILE exists; 60 s at most."""

import os
import sys
import time
import urllib.error
import urllib.request

url, file, *command = sys.argv[1:]
end = time.time() + 60
while time.time() < end:
    try:
        if urllib.request.urlopen(url, timeout=2).status == 200 and os.path.exists(file):
            os.execvp(command[0], command)
    except (urllib.error.URLError, OSError):
        pass
    time.sleep(0.2)
sys.exit(f"{url} is not ready")
