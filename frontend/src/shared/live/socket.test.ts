import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Frame } from "./frames";
import { delayBefore, LiveSocket, type LiveState, type Transport } from "./socket";

class FakeTransport implements Transport {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: Record<string, unknown>[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const frame = (scope: string, seq: number): object => ({ type: "frame", scope, seq, kind: "chat.message", op: "removed", data: { id: "m" } });

function connected(): { transports: FakeTransport[]; socket: LiveSocket; frames: Frame[]; resets: (string | null)[]; states: LiveState[]; ended: () => number } {
  const transports: FakeTransport[] = [];
  const frames: Frame[] = [];
  const resets: (string | null)[] = [];
  const states: LiveState[] = [];
  let ended = 0;
  const socket = new LiveSocket(
    () => {
      const transport = new FakeTransport();
      transports.push(transport);
      return transport;
    },
    {
      onFrame: (one) => frames.push(one),
      onEphemeral: () => {},
      onReset: (scope) => resets.push(scope),
      onState: (state) => states.push(state),
      onSessionEnded: () => {
        ended += 1;
      },
    },
  );
  socket.start();
  transports[0]?.onopen?.();
  transports[0]?.says({ type: "ready", cursors: { a: 4 } });
  return { transports, socket, frames, resets, states, ended: () => ended };
}

beforeEach(() => {
  vi.useFakeTimers();
});

describe("the live socket", () => {
  test("asks for nothing at first, then takes frames once and in order", () => {
    const { transports, frames, states } = connected();
    expect(transports[0]?.sent[0]).toEqual({ type: "hello", cursors: {} });
    transports[0]?.says(frame("a", 5));
    transports[0]?.says(frame("a", 5));
    transports[0]?.says(frame("a", 3));
    transports[0]?.says(frame("a", 6));
    expect(frames.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(states.at(-1)).toEqual({ live: true, failures: 0 });
  });

  test("what was fetched before the first number is asked again, once", () => {
    const { transports, resets } = connected();
    expect(resets).toEqual([null]);
    transports[0]?.says({ type: "ready", cursors: { a: 4 } });
    expect(resets).toEqual([null]);
  });

  test("resumes from where it stood after a cut", () => {
    const { transports } = connected();
    transports[0]?.says(frame("a", 5));
    transports[0]?.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(1000);
    transports[1]?.onopen?.();
    expect(transports[1]?.sent[0]).toEqual({ type: "hello", cursors: { a: 5 } });
  });

  test("a gap in the numbers is a cut: it asks for what is missing", () => {
    const { transports, frames } = connected();
    transports[0]?.says(frame("a", 7));
    expect(frames).toEqual([]);
    expect(transports[0]?.closed).toBe(true);
    vi.advanceTimersByTime(1000);
    transports[1]?.onopen?.();
    expect(transports[1]?.sent[0]).toEqual({ type: "hello", cursors: { a: 4 } });
  });

  test("a reset forgets the number of that scope only", () => {
    const { transports, resets } = connected();
    transports[0]?.says({ type: "ready", cursors: { b: 1 } });
    transports[0]?.says({ type: "reset", scope: "a" });
    expect(resets.at(-1)).toBe("a");
    transports[0]?.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(1000);
    transports[1]?.onopen?.();
    expect(transports[1]?.sent[0]).toEqual({ type: "hello", cursors: { b: 1 } });
  });

  test("silence past the deadline is a cut", () => {
    const { transports, states } = connected();
    vi.advanceTimersByTime(25_000);
    expect(transports[0]?.sent.at(-1)).toEqual({ type: "ping" });
    transports[0]?.says({ type: "pong" });
    vi.advanceTimersByTime(34_000);
    expect(states.at(-1)?.live).toBe(true);
    vi.advanceTimersByTime(1_500);
    expect(states.at(-1)).toEqual({ live: false, failures: 1 });
  });

  test("the end of the session stops it for good", () => {
    const { transports, ended } = connected();
    transports[0]?.onclose?.({ code: 4401 });
    vi.advanceTimersByTime(120_000);
    expect(ended()).toBe(1);
    expect(transports).toHaveLength(1);
  });

  test("waits longer and longer, and comes back at once when the network does", () => {
    const { transports, socket, states } = connected();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      transports.at(-1)?.onclose?.({ code: 1006 });
      vi.advanceTimersByTime(500 * 2 ** attempt);
    }
    transports.at(-1)?.onclose?.({ code: 1006 });
    expect(states.at(-1)).toEqual({ live: false, failures: 5 });
    const before = transports.length;
    socket.retryNow();
    expect(transports).toHaveLength(before + 1);
    expect(delayBefore(1, () => 0)).toBe(250);
    expect(delayBefore(20, () => 1)).toBe(30_000);
  });

  test("says that the person is away once, and again after a cut", () => {
    const { transports, socket } = connected();
    socket.sayPresence("away");
    socket.sayPresence("away");
    expect(transports[0]?.sent.filter(({ type }) => type === "presence")).toHaveLength(1);
    transports[0]?.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(1000);
    transports[1]?.onopen?.();
    transports[1]?.says({ type: "ready", cursors: { a: 4 } });
    expect(transports[1]?.sent.at(-1)).toEqual({ type: "presence", state: "away" });
  });
});
