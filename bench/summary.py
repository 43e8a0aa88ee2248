"""The last sitting of a file of lines as a table: Plano, floor, peer, ratio, goal.   python bench/summary.py FILE"""

import json
import statistics
import sys
from pathlib import Path

every = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines() if line.startswith("{")]
starts = [number for number, line in enumerate(every) if line["bench"] == "sitting" and "commit" in line]
lines = every[starts[-1] if starts else 0 :]
rows: list[tuple[str, str, str, str, str, float | None]] = []


def chat(bench: str, side: str, value) -> dict[int, float]:
    """Median over the rounds of a chat figure, for each number of listeners."""
    found: dict[int, list[float]] = {}
    for line in lines:
        if line["bench"] == bench and side in line["server"].rsplit("-", 2)[-2:]:
            found.setdefault(line["listeners"], []).append(value(line))
    return {count: statistics.median(values) for count, values in found.items()}


def content(figure: str) -> dict[str, dict]:
    return {line["side"]: line for line in lines if line["bench"] == "content" and line["figure"].startswith(figure) and "side" in line}


def foreign(bench: str, figure: str = "") -> float | None:
    seen = [line["foreign_cores"] for line in lines if line["bench"].startswith(bench) and figure in line.get("figure", "") and "foreign_cores" in line]
    return max(seen, default=None)


def judged(met: bool) -> str:
    return "met" if met else "**missed**"


def row(name: str, ours: str, floor: str, peer: str, verdict: str, other: float | None) -> None:
    rows.append((name, ours, floor, peer, verdict, other))


def fan_out() -> None:
    p50, p99 = (lambda line: line["last"]["p50"]), (lambda line: line["last"]["p99"])
    ours, floor, peer = (chat("chat_latency", side, p50) for side in ("plano", "floor", "prosody"))
    if not ours or not floor:
        return
    few, many, busy = min(ours), max(ours), foreign("chat")
    ratio = ours[few] / floor[few]
    beside = f"Prosody {peer[few]:.1f} ms" if few in peer else "—"
    faster = f"; {peer[few] / ours[few]:.1f} × faster than Prosody, goal 3.5: {judged(peer[few] / ours[few] >= 3.5)}" if few in peer else ""
    row(f"P1 send → last of {few}, p50", f"{ours[few]:.1f} ms", f"b1 {floor[few]:.1f} ms", beside, f"{ratio:.2f} × floor, goal 1.2: {judged(ratio <= 1.2)}{faster}", busy)
    late, late_floor, late_peer = (chat("chat_latency", side, p99) for side in ("plano", "floor", "prosody"))
    one, two = ours[many] / floor[many], late[many] / late_floor[many]
    beside = f"Prosody {peer[many]:.0f} / {late_peer[many]:.0f} ms" if many in peer else "—"
    row(f"P2 send → last of {many}, p50 / p99", f"{ours[many]:.1f} / {late[many]:.1f} ms", f"{floor[many]:.1f} / {late_floor[many]:.1f} ms", beside, f"{one:.2f} / {two:.2f}, goal 1.3: {judged(one <= 1.3 and two <= 1.3)}", busy)

    def slope(side: str) -> float | None:
        found = chat("chat_flood", side, lambda line: line["cpu_us_per_delivery"])
        return (found[many] * many - found[few] * few) / (many - few) if few in found and many in found else None

    mine, its, theirs = slope("plano"), slope("floor"), slope("prosody")
    if mine and its:
        row(f"P3 CPU for a further frame (slope {few} → {many}, flood)", f"{mine:.1f} µs", f"{its:.1f} µs", f"Prosody {theirs:.0f} µs" if theirs else "—", f"{mine / its:.2f}, goal 1.3: {judged(mine / its <= 1.3)}", busy)
    ack, ack_floor = (chat("chat_latency", side, lambda line: line["send_ack"]["p95"]) for side in ("plano", "floor"))
    row(f"P4 acknowledged, p95 at {few} / {many}", f"{ack[few]:.1f} / {ack[many]:.1f} ms", f"{ack_floor[few]:.1f} / {ack_floor[many]:.1f} ms", "—", f"goal 6 ms: {judged(max(ack.values()) <= 6)}", busy)


def sockets() -> None:
    found = {line["label"]: line["kb_per_socket"] for line in lines if line["bench"] == "sockets"}
    for scopes, goal in ((1, 50), (200, 80)):
        ours, floor = found.get(f"plano, {scopes} scopes"), found.get(f"floor, {scopes} scopes")
        if ours and floor:
            row(f"P5 memory of a socket, {scopes} scope{'s' if scopes > 1 else ''}", f"{ours} kB", f"{floor} kB", "—", f"{ours / floor:.2f} × floor; goal {goal} kB: {judged(ours <= goal)}", None)


def operations() -> None:
    for name, figure, against in (("P6 last 50 messages a second", "P6", "floor b"), ("P7 messages a second, 16 channels", "P7 message", "floor b1"), ("P7 tasks a second", "P7 task", "floor a")):
        found = content(figure)
        if "plano" in found and against in found:
            ours, floor = found["plano"], found[against]
            ratio = ours["per_s"] / floor["per_s"]
            cpu = (ours["cpu_ms"] + ours["database_cpu_ms"]) / (floor["cpu_ms"] + floor["database_cpu_ms"])
            late = f"; p99 {ours['p99_ms']:.0f} ms, goal 60: {judged(ours['p99_ms'] <= 60)}" if figure == "P7 message" else ""
            row(name, f"{ours['per_s']:.0f}", f"{against[6:]} {floor['per_s']:.0f}", "—", f"{ratio:.2f}, goal 0.8: {judged(ratio >= 0.8)} ({cpu:.2f} × its CPU){late}", foreign("content", figure))
    for figure, goal in (("P8 list 20 workspaces", 2), ("P8 a folder of 200", 5)):
        found = content(figure)
        if "plano" in found:
            ours, floor = found["plano"], found.get("floor view", {"cpu_ms": float("nan")})
            row(f"{figure}, server CPU", f"{ours['cpu_ms']:.1f} ms (database {ours['database_cpu_ms']:.1f})", f"{floor['cpu_ms']:.1f} ms", "—", f"goal {goal} ms: {judged(ours['cpu_ms'] <= goal)}", foreign("content", figure))


def others(found: dict[str, dict], value: str, unit: str) -> str:
    return ", ".join(f"{side} {line[value]:,.0f}" for side, line in found.items() if not side.startswith(("floor", "plano"))) + unit


def files() -> None:
    for figure, name, unit, value in (("P9", "P9 upload of 10 MB", " MB/s", "mb_s"), ("P10", "P10 GET 1 GB", " MB/s", "mb_s"), ("P11", "P11 GET 1 kB with access check", "/s", "per_s"), ("P12", "P12 list of a large folder, p50", " ms", "p50_ms")):
        found = content(figure)
        if "plano" not in found or "floor" not in found:
            continue
        ours, floor, copyparty = found["plano"][value], found["floor"][value], found.get("copyparty", {}).get(value)
        drive = found.get("plano by WebDAV", {}).get(value)
        ratio, beside = ours / floor, f"{floor:,.0f}{unit}"
        against = f", copyparty: {judged(ours >= copyparty)}" if copyparty else ""
        if figure == "P9":
            beside += f"; with hash and fsync {found['floor with SHA-256 and fsync'][value]:,.0f}"
            verdict = f"{ratio:.2f}, goal 0.5: {judged(ratio >= 0.5)}{against}"
        elif figure == "P10":
            grew = found["plano"]["memory_grew_mb"]
            verdict = f"{ratio:.2f}, goal 0.7: {judged(ratio >= 0.7)}; memory + {grew:.0f} MB, goal 16: {judged(grew <= 16)}"
        elif figure == "P11":
            verdict = f"goal 1,500: {judged(ours >= 1500)}{against}"
        else:
            best = min(ours, drive or ours)
            verdict = f"{best / floor:.1f} × floor" + (f", copyparty: {judged(best <= copyparty)}" if copyparty else "") + f"; first page {found['plano']['first_answer_ms']:.0f} ms"
        row(name, f"{ours:,.0f}{unit}" + (f"; WebDAV {drive:,.0f}" if drive else ""), beside, others(found, value, unit), verdict, foreign("content", figure))


def media() -> None:
    found = {line["side"]: line for line in lines if line["bench"] == "media" and "cpu_s_per_gb" in line}
    against = [line for line in lines if line["bench"] == "media" and "ratio" in line]
    if against and len(found) == 2:
        ours, bare, last = found["Plano"], found["bare Janus"], against[-1]
        row(f"P16 Janus, {last['receivers']} receivers, CPU-s for a GB", f"{ours['cpu_s_per_gb']:.1f}", "—", f"bare {bare['cpu_s_per_gb']:.1f}", f"{last['ratio']:.3f}, goal 1.05: {judged(last['ratio'] <= 1.05)}", foreign("media"))


def browser() -> None:
    sizes = [line["kb_compressed"] for line in lines if line["bench"] == "first_screen" and "kb_compressed" in line]
    clicks = [line["ms_median"] for line in lines if line["bench"] == "first_screen" and "ms_median" in line]
    if sizes and clicks:
        row("P18 script of the first screen; click to answer", f"{max(sizes):.0f} kB; {max(clicks):.0f} ms", "—", "—", f"goals 300 kB, 100 ms: {judged(max(sizes) <= 300 and max(clicks) < 100)}", None)
    beside = [line for line in lines if line["bench"] == "office" and line["figure"].startswith("P20") and "p99_ratio" in line]
    if beside:
        last = beside[-1]
        alone, busy = last.get("alone_p50_p95_p99_ms", [0, 0, 0])[-1], last.get("busy_p50_p95_p99_ms", [0, 0, 0])[-1]
        row("P20 chat p99 with 20 sign-ins a second", f"{busy} ms against {alone} ms", "—", "—", f"{last['p99_ratio']:.2f}, goal 1.2: {judged(last['p99_ratio'] <= 1.2)}", None)


for part in (fan_out, sockets, operations, files, media, browser):
    part()
print("| | Plano | floor | peers | goal | foreign cores |\n| --- | --- | --- | --- | --- | --- |")
for *cells, other in rows:
    print("| " + " | ".join([*cells, "—" if other is None else f"{other:.2f}"]) + " |")
missing = [line for line in lines if line.get("figure") == "left out" or "left out" in line or line.get("failed")]
for line in missing:
    print(json.dumps(line))
