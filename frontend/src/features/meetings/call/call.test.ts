import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Call, type CallPorts, type Ending, type Line } from "./call";
import { LocalMedia } from "./local";
import type { GateMessage, Participant } from "./types";

/** The gate's end of a line. */
class FakeLine implements Line {
  onopen: Line["onopen"] = null;
  onmessage: Line["onmessage"] = null;
  onclose: Line["onclose"] = null;
  sent: { type: string }[] = [];
  send(text: string): void {
    this.sent.push(JSON.parse(text) as { type: string });
  }
  close(): void {
    this.onclose = null;
  }
  say(message: GateMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const bruno: Participant = {
  id: "p-bruno", person: { id: "u-bruno", name: "Bruno Lefèvre", color: 2, avatar_url: null }, guest: false,
  microphone: true, camera: false, screen: false, cut: false,
};
let lines: FakeLine[];
let resumed: (string | null)[];
let refusal: Ending | null | "fail";

function begin(): Call {
  const ports: CallPorts = {
    join: (resume) => {
      resumed.push(resume);
      return refusal === "fail" || refusal !== null ? Promise.reject(new Error("refused")) : Promise.resolve({ token: "t", mode: "p2p" });
    },
    line: () => {
      const line = new FakeLine();
      lines.push(line);
      return line;
    },
    refusal: () => (refusal === "fail" ? null : refusal),
  };
  const call = new Call(ports, new LocalMedia());
  call.start();
  return call;
}

const welcome = (id: string, same = false): GateMessage => ({
  type: "welcome", participant_id: id, mode: "p2p", resumed: same, ready: false, ice_servers: [], participants: [],
});

async function inside(): Promise<{ call: Call; line: FakeLine }> {
  const call = begin();
  await vi.advanceTimersByTimeAsync(1);
  const line = lines[0];
  if (!line) throw new Error("no line");
  line.onopen?.();
  line.say(welcome("p-me"));
  return { call, line };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("RTCPeerConnection", FakePeer);
  lines = [];
  resumed = [];
  refusal = null;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

class FakePeer {
  connectionState = "new";
  addTransceiver(): object {
    return { sender: { replaceTrack: () => Promise.resolve() }, receiver: { track: null, getSynchronizationSources: () => [] } };
  }
  getTransceivers(): object[] {
    return [];
  }
  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(new Map());
  }
  close(): void {
    this.connectionState = "closed";
  }
}

test("says its grant first, then how its devices are, and is connected", async () => {
  const { call, line } = await inside();
  expect(line.sent.map((one) => one.type)).toEqual(["hello", "state"]);
  expect(call.state.get()).toMatchObject({ phase: "connected", me: "p-me", mode: "p2p" });
});

test("people come, change and go as the gate says", async () => {
  const { call, line } = await inside();
  line.say({ type: "participant", participant: bruno });
  line.say({ type: "participant", participant: { ...bruno, camera: true } });
  expect(call.state.get().participants).toEqual([{ ...bruno, camera: true }]);
  line.say({ type: "left", participant_id: bruno.id });
  expect(call.state.get().participants).toEqual([]);
});

test("a cut line comes back as the same participant", async () => {
  const { call, line } = await inside();
  line.onclose?.({ code: 1006 });
  expect(call.state.get().phase).toBe("reconnecting");
  await vi.advanceTimersByTimeAsync(1000);
  expect(resumed).toEqual([null, "p-me"]);
  lines[1]?.say(welcome("p-me", true));
  expect(call.state.get()).toMatchObject({ phase: "connected", me: "p-me" });
});

test.each([
  [4410, "ended"],
  [4403, "removed"],
  [4409, "replaced"],
])("the gate's %i ends the call: %s", async (code, ending) => {
  const { call, line } = await inside();
  line.onclose?.({ code });
  expect(call.state.get()).toMatchObject({ phase: "over", ending });
});

test("the reason that was said wins over the number", async () => {
  const { call, line } = await inside();
  line.say({ type: "out", reason: "access_lost" });
  line.onclose?.({ code: 4403 });
  expect(call.state.get().ending).toBe("access_lost");
});

test("the server's refusal ends it at once", async () => {
  refusal = "full";
  const call = begin();
  await vi.advanceTimersByTimeAsync(1);
  expect(call.state.get()).toMatchObject({ phase: "over", ending: "full" });
});

test("a network that does not come back fails after a minute, and the person may try again", async () => {
  const { call, line } = await inside();
  refusal = "fail";
  line.onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(70_000);
  expect(call.state.get()).toMatchObject({ phase: "over", ending: "failed" });
  refusal = null;
  call.again();
  await vi.advanceTimersByTimeAsync(1);
  lines.at(-1)?.say(welcome("p-new"));
  expect(call.state.get()).toMatchObject({ phase: "connected", ending: null, me: "p-new" });
});

test("a silent line is given up", async () => {
  const { call } = await inside();
  await vi.advanceTimersByTimeAsync(31_000);
  expect(lines.length + resumed.length).toBeGreaterThan(2);
  call.leave();
});

test("leaving is said and final", async () => {
  const { call, line } = await inside();
  call.leave();
  expect(line.sent.at(-1)?.type).toBe("leave");
  expect(call.state.get()).toMatchObject({ phase: "over", ending: "left" });
});
