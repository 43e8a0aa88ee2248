import { afterEach, expect, test, vi } from "vitest";
import { patient } from "./patient";
import { connection } from "./store";

afterEach(() => {
  vi.restoreAllMocks();
  connection.set({ live: false, failures: 0 });
});

test("without a network a piece is awaited, and comes with it", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  connection.set({ live: true, failures: 0 });
  const load = vi.fn().mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValueOnce("piece");
  const got = patient<string>(load)();
  await vi.waitFor(() => expect(load).toHaveBeenCalledOnce());
  online.mockReturnValue(true);
  connection.set({ live: false, failures: 1 });
  window.dispatchEvent(new Event("online"));
  expect(load).toHaveBeenCalledOnce();
  connection.set({ live: true, failures: 0 });
  await expect(got).resolves.toBe("piece");
  expect(load).toHaveBeenCalledTimes(2);
});

test("with a network a failure is one", async () => {
  connection.set({ live: true, failures: 0 });
  const load = vi.fn().mockRejectedValue(new TypeError("404"));
  await expect(patient(load)()).rejects.toThrow("404");
  expect(load).toHaveBeenCalledOnce();
});
