/**
 * The frame of the office when the server cannot be asked: who I am and what my workspaces are called, as they last
 * were. Nothing else of the API is kept. Signing out, or a session that is over, takes it away.
 */
import { useSyncExternalStore } from "react";
import { keys as accounts, meQuery } from "../features/accounts/api";
import { workspacesQuery } from "../features/workspaces/api";
import { NetworkFailure } from "../shared/api/problem";
import { Store } from "../shared/live/store";
import { queryClient } from "./queryClient";

const KEY = "plano-frame";
const away = new Store(false);

export function keepFrame(): void {
  const frame = { me: queryClient.getQueryData(meQuery.queryKey), workspaces: queryClient.getQueryData(workspacesQuery.queryKey) };
  if (away.get() || !frame.me || !frame.workspaces) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(frame));
  } catch {
    // a browser without storage starts only with a network
  }
}

export function forgetFrame(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

/** Draws the frame from what was kept; false when the failure was another, or nothing was. */
export function startWithout(error: unknown): boolean {
  if (!(error instanceof NetworkFailure)) return false;
  try {
    const frame: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof frame !== "object" || frame === null || !("me" in frame) || !("workspaces" in frame)) return false;
    queryClient.setQueryData(accounts.me, frame.me as never);
    queryClient.setQueryData(workspacesQuery.queryKey, frame.workspaces as never);
  } catch {
    return false;
  }
  away.set(true);
  return true;
}

/** The server answers again: all that the frame was drawn from is asked for anew. */
export function startedAfterAll(): void {
  if (away.get()) away.set(false);
}

export function isStartedWithout(): boolean {
  return away.get();
}

export function useStartedWithout(): boolean {
  return useSyncExternalStore(away.subscribe, away.get);
}
