"""R-130 and R-132 in their long form: 20 crashes under load of messages, uploads and work on documents. From backend/: python ../bench/crash.py [rounds] [seed]"""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "backend"))

from tests.durability.test_crash import run

rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
with tempfile.TemporaryDirectory(prefix="plano-crash-") as folder:
    report = run(Path(folder), rounds=rounds, seed=seed)
print(json.dumps({"label": "crash", "rounds": rounds, "seed": seed, **asdict(report)}))
sys.exit(0 if report.clean else 1)
