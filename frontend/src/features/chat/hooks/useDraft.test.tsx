import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { connection } from "../../../shared/live/store";
import { MeContext, type Me } from "../../../shared/session/session";
import { keys } from "../api";
import { useDraft } from "./useDraft";

const me: Me = {
  id: "me", identifier: "alice", email: null, name: "Alice Martin", language: "fr", time_zone: "Europe/Paris", is_admin: false,
  avatar_url: null, color: 1, version: 1,
};

interface Put {
  text: string;
  answer: () => void;
  cut: () => void;
}
let puts: Put[];

async function draft() {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  cache.setQueryData(keys.drafts, { items: [], next: null });
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <QueryClientProvider client={cache}>
      <MeContext.Provider value={me}>{children}</MeContext.Provider>
    </QueryClientProvider>
  );
  const hook = renderHook(() => useDraft("c1", null), { wrapper });
  await pass(0);
  expect(hook.result.current.ready).toBe(true);
  return hook.result;
}
const pass = (time: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(time)));
const said = (): string[] => puts.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  puts = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const { text } = (await request.json()) as { text: string };
    return new Promise<Response>((resolve, reject) => {
      puts.push({ text, answer: () => resolve(new Response(null, { status: 204 })), cut: () => reject(new TypeError("cut")) });
    });
  });
});
afterEach(() => {
  connection.set({ live: false, failures: 0 });
  vi.useRealTimers();
});

it("takes away what was being saved at the moment when it was sent", async () => {
  const result = await draft();
  act(() => result.current.setText("Bonjour"));
  await pass(1000);
  expect(said()).toEqual(["Bonjour"]);
  act(() => result.current.clear());
  await pass(0);
  expect(said()).toEqual(["Bonjour"]); // one after the other, or the server may keep the wrong one
  puts[0]?.answer();
  await pass(0);
  expect(said()).toEqual(["Bonjour", ""]);
  puts[1]?.answer();
  await pass(0);
  expect(result.current.text).toBe("");
});

it("takes it away when the server is back, if it could not be told", async () => {
  const result = await draft();
  act(() => result.current.setText("Bonjour"));
  await pass(1000);
  puts[0]?.answer();
  await pass(0);
  act(() => result.current.clear());
  await pass(0);
  puts[1]?.cut();
  await pass(0);
  expect(said()).toEqual(["Bonjour", ""]);
  act(() => connection.set({ live: true, failures: 0 }));
  await pass(0);
  expect(said()).toEqual(["Bonjour", "", ""]);
  puts[2]?.answer();
  await pass(5000);
  expect(said()).toHaveLength(3);
});

it("saves what was changed back while it was being saved", async () => {
  const result = await draft();
  act(() => result.current.setText("Bonjour"));
  await pass(1000);
  act(() => result.current.setText(""));
  puts[0]?.answer();
  await pass(1000);
  expect(said()).toEqual(["Bonjour", ""]);
});
