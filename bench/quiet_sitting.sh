#!/usr/bin/env bash
# Every figure that one sitting can take, on a quiet machine, in about eleven minutes:
#     bash bench/quiet_sitting.sh OUTFILE
# As root (a network namespace for P16). BENCH_VENV has the clients and peers of bench/README.md; BENCH_APACHE is where
# apache2 was unpacked, when it is not installed; E2E_WEB_DIR is the built web client (else frontend/dist, for P18).
# Each part goes on without the others; what failed is told at the end. BENCH_SHORT=1 tries it all in short runs.
set -u
[ $# -eq 1 ] || { sed -n '2,7s/^# \?//p' "$0"; exit 2; }
out=$(realpath -m "$1")
here=$(cd "$(dirname "$0")" && pwd)
python=${BENCH_VENV:-$here/../.cache/bench-venv}/bin/python
port=${BENCH_PORT:-8140}
label=$(date +%F-%H%M)
web=${E2E_WEB_DIR:-$here/../frontend/dist}
cd "$here"
"$python" -c 'import psutil, uvloop, picows, OpenSSL, pylibsrtp, websockets, copyparty, wsgidav' || { echo "see bench/README.md for BENCH_VENV"; exit 2; }
mkdir -p "$(dirname "$out")"
export E2E_WEB_DIR=$web
rounds=3 seconds=2 few="200 1000" sockets="100 1000" calls=40 entries=5000 big=1000
[ -z "${BENCH_SHORT:-}" ] || { rounds=1 seconds=1 few="20 60" sockets="20 60" calls=4 entries=300 big=100; }

failed=()
part() {
    local name=$1 began=$SECONDS
    shift
    echo "== $name" >&2
    timeout 400 "$@" || failed+=("$name")
    echo "{\"bench\": \"sitting\", \"label\": \"$label\", \"part\": \"$name\", \"seconds\": $((SECONDS - began))}" | tee -a "$out"
}

load() { cut -d' ' -f1-3 /proc/loadavg; }
echo "{\"bench\": \"sitting\", \"label\": \"$label\", \"at\": \"$(date '+%F %T')\", \"load\": \"$(load)\", \"cores\": $(nproc), \"commit\": \"$(git -C "$here" rev-parse --short HEAD 2>/dev/null)\"}" | tee -a "$out"
part "P1 P2 P3 P4" "$python" sitting.py --rounds $rounds --peer-rounds 1 --peer-listeners "${few% *}" --listeners "$few" --label "$label" --port $((port + 7)) --pg-port $((port + 9)) --out "$out"
part "P6 P7 P8 P9 P10 P11 P12" "$python" content.py --rounds $rounds --seconds $seconds --entries $entries --big $big --first-port "$port" --apache "${BENCH_APACHE:-/}" --label "$label" --out "$out"
part "P16" "$python" media.py -n $calls --rounds $rounds --seconds 5 --first-port "$port" --label "$label" --out "$out"
part "P18 P20" "$python" live.py P18 P20 --rounds $rounds --first-port "$port" --label "$label" --out "$out"
part "P5" "$python" live.py P5 --sockets $sockets --first-port "$port" --label "$label" --out "$out"
echo "{\"bench\": \"sitting\", \"label\": \"$label\", \"at\": \"$(date '+%F %T')\", \"load\": \"$(load)\", \"seconds\": $SECONDS, \"failed\": \"${failed[*]:-}\"}" | tee -a "$out"
"$python" summary.py "$out"
[ ${#failed[@]} -eq 0 ]
