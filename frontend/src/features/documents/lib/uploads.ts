/**
 * Uploads: a queue that outlives the page. Each is remembered in IndexedDB with its bytes (or, past a size, without:
 * then the same file is chosen again) and its address on the server, which alone knows how much has arrived.
 */
import { type HttpRequest, type HttpResponse, Upload } from "tus-js-client";
import { csrfToken } from "../../../shared/api/csrf";
import { newId } from "../../../shared/lib/ids";
import { Store } from "../../../shared/live/store";
import { createFolder, decideUpload, type Decision, type Node } from "../api";
import { type Dropped, foldersOf } from "./dropped";
import { forget, type Kept, keep, recall } from "./kept";

export type UploadState = "waiting" | "sending" | "paused" | "cut" | "conflict" | "done" | "refused" | "lost";

export interface Line {
  id: string;
  workspaceId: string;
  parentId: string | null;
  name: string;
  size: number;
  sent: number;
  state: UploadState;
  /** Why it was refused or stopped: a code of the server. */
  code: string | null;
  /** When it was cut. */
  at: number | null;
  /** What has the name already. */
  other: Node | null;
  speed: number;
  nodeId: string | null;
}

interface Job extends Kept {
  upload: Upload | null;
  decision: Decision | null;
  last: { at: number; sent: number } | null;
}

const AT_ONCE = 3;
const CHUNK = 32 * 1024 * 1024;
/** Up to this size one request does it all. */
const SMALL = 4 * 1024 * 1024;
const RETRIES = [0, 800, 2500, 6000, 12_000];
/** Bytes are kept in the browser up to this size; a larger file is chosen again after a restart. */
export const KEPT_SIZE = 256 * 1024 * 1024;

export const lines = new Store<readonly Line[]>([]);
/** Counts the files of a folder that is being read and created. */
export const preparing = new Store<number>(0);

const jobs = new Map<string, Job>();
let me = "";

function change(id: string, fields: Partial<Line>): void {
  lines.set(lines.get().map((line) => (line.id === id ? { ...line, ...fields } : line)));
}

function lineOf(id: string): Line | undefined {
  return lines.get().find((line) => line.id === id);
}

/** Once per session: what an earlier page or browser left is offered again, suspended. */
export async function restoreUploads(userId: string): Promise<void> {
  if (me === userId) return;
  me = userId;
  const found = await recall(userId);
  const known = new Set(lines.get().map((line) => line.id));
  const back = found.filter((kept) => !known.has(kept.id));
  for (const kept of back) jobs.set(kept.id, { ...kept, upload: null, decision: kept.decision ?? null, last: null });
  lines.set([...lines.get(), ...back.map((kept) => lineFor(kept, kept.file ? "paused" : "lost"))]);
}

function lineFor(kept: Kept, state: UploadState): Line {
  return {
    id: kept.id, workspaceId: kept.workspaceId, parentId: kept.parentId, name: kept.name, size: kept.size, sent: kept.sent,
    state, code: null, at: null, other: null, speed: 0, nodeId: null,
  };
}

/** Takes dropped files and folders: the folders are made first (those that exist are used), then the files queue. */
export async function addDropped(workspaceId: string, parentId: string | null, dropped: Dropped): Promise<void> {
  preparing.set(preparing.get() + 1);
  try {
    const made = new Map<string, string | null>([["", parentId]]);
    for (const path of foldersOf(dropped)) {
      const cut = path.lastIndexOf("/");
      const parent = made.get(cut < 0 ? "" : path.slice(0, cut)) ?? null;
      const body = { id: newId(), name: path.slice(cut + 1), parent_id: parent, on_conflict: "reuse" as const };
      made.set(path, (await createFolder(workspaceId, body)).id);
    }
    const fresh = dropped.files.map(({ file, folder }): Kept => ({
      id: newId(), userId: me, workspaceId, parentId: made.get(folder) ?? null, nodeId: null, name: file.name, size: file.size,
      modified: file.lastModified, sent: 0, url: null, file, decision: null, at: Date.now(),
    }));
    enqueue(fresh);
  } finally {
    preparing.set(preparing.get() - 1);
  }
}

/** A new version of one document, whatever the file is called. */
export function addVersion(node: Node, file: File): void {
  enqueue([
    {
      id: newId(), userId: me, workspaceId: node.workspace_id, parentId: node.parent_id, nodeId: node.id, name: node.name,
      size: file.size, modified: file.lastModified, sent: 0, url: null, file, decision: null, at: Date.now(),
    },
  ]);
}

function enqueue(fresh: Kept[]): void {
  for (const kept of fresh) {
    jobs.set(kept.id, { ...kept, upload: null, last: null });
    void keep(kept, KEPT_SIZE);
  }
  lines.set([...lines.get(), ...fresh.map((kept) => lineFor(kept, "waiting"))]);
  next();
}

function next(): void {
  let busy = lines.get().filter((line) => line.state === "sending").length;
  for (const line of lines.get()) {
    if (busy >= AT_ONCE) return;
    if (line.state !== "waiting") continue;
    begin(line.id);
    busy += 1;
  }
}

function begin(id: string): void {
  const job = jobs.get(id);
  if (!job?.file) {
    change(id, { state: "lost" });
    return;
  }
  change(id, { state: "sending", code: null, at: null, speed: 0 });
  job.last = null;
  const metadata: Record<string, string> = { filename: job.name, workspace_id: job.workspaceId, conflict: job.decision ?? "ask" };
  if (job.parentId !== null) metadata["parent_id"] = job.parentId;
  if (job.nodeId !== null) metadata["node_id"] = job.nodeId;
  const upload = new Upload(job.file, {
    endpoint: "/api/v1/uploads/",
    ...(job.url !== null && { uploadUrl: job.url }),
    metadata,
    chunkSize: CHUNK,
    retryDelays: RETRIES,
    uploadDataDuringCreation: job.size <= SMALL, // a larger one knows its address before its first byte leaves
    storeFingerprintForResuming: false,
    onBeforeRequest: (request: HttpRequest) => {
      request.setHeader("X-CSRF-Token", csrfToken());
      if (request.getMethod() === "POST") request.setHeader("Idempotency-Key", id);
    },
    onShouldRetry: (error) => {
      const status = "originalResponse" in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
      const code = "originalResponse" in error ? problem(error.originalResponse).code : null;
      return navigator.onLine && (status === 0 || status >= 500 || status === 423 || code === "offset_mismatch");
    },
    onUploadUrlAvailable: () => {
      job.url = upload.url;
      void keep(job, KEPT_SIZE);
    },
    onProgress: (sent) => progress(job, sent),
    onSuccess: ({ lastResponse }) => {
      const nodeId = lastResponse.getHeader("plano-node");
      // all bytes have arrived and the question of the name is still open
      if (nodeId === undefined || nodeId === "") change(id, { state: "conflict", code: "name_taken" });
      else finish(id, nodeId);
    },
    onError: (error) => fail(job, "originalResponse" in error ? error.originalResponse : null),
  });
  job.upload = upload;
  upload.start();
}

function progress(job: Job, sent: number): void {
  const now = Date.now();
  const last = job.last;
  if (last && now - last.at < 250 && sent < job.size) return;
  const held = lineOf(job.id)?.speed ?? 0;
  const measured = last && now > last.at ? ((sent - last.sent) * 1000) / (now - last.at) : 0;
  job.last = { at: now, sent };
  job.sent = sent;
  change(job.id, { sent, speed: held === 0 ? measured : held * 0.7 + Math.max(0, measured) * 0.3 });
}

function finish(id: string, nodeId: string | null): void {
  const job = jobs.get(id);
  jobs.delete(id);
  void forget(id);
  change(id, { state: "done", sent: job?.size ?? 0, nodeId });
  next();
}

interface Refusal {
  code: string;
  other: Node | null;
}

function problem(response: HttpResponse | null | undefined): Refusal {
  try {
    const body = JSON.parse(response?.getBody() ?? "") as { code?: string; errors?: { node?: Node } };
    return { code: body.code ?? "unknown", other: body.errors?.node ?? null };
  } catch {
    return { code: "unknown", other: null };
  }
}

function fail(job: Job, response: HttpResponse | null | undefined): void {
  const status = response?.getStatus() ?? 0;
  const { code, other } = problem(response);
  if (status === 0 || status >= 500 || status === 401) change(job.id, { state: "cut", at: Date.now(), code: status === 401 ? code : null });
  else if (code === "name_taken" && job.skip) {
    dismiss(job.id);
    return;
  } else if (code === "name_taken") change(job.id, { state: "conflict", code, other });
  else if (status === 404 && job.url !== null) {
    // the server forgot it (a day passed): from the beginning
    job.url = null;
    change(job.id, { state: "waiting", sent: 0 });
  } else {
    void forget(job.id);
    change(job.id, { state: "refused", code });
  }
  next();
}

export function pause(id: string): void {
  const job = jobs.get(id);
  void job?.upload?.abort();
  if (job) void keep(job, KEPT_SIZE);
  change(id, { state: "paused" });
  next();
}

export function resume(id: string): void {
  const job = jobs.get(id);
  if (!job) return;
  change(id, { state: job.file ? "waiting" : "lost" });
  next();
}

/** After a restart, for a file too large to be kept: the person chooses it again. */
export function chooseAgain(id: string, file: File): boolean {
  const job = jobs.get(id);
  if (job?.size !== file.size) return false;
  job.file = file;
  resume(id);
  return true;
}

/** Gives up one that is on its way, or takes a finished line off the tray. */
export function dismiss(id: string): void {
  const job = jobs.get(id);
  const upload = job?.upload;
  if (job && lineOf(id)?.state !== "done") {
    const url = job.url;
    void (async () => {
      await upload?.abort();
      if (url !== null) await Upload.terminate(url, { onBeforeRequest: (r: HttpRequest) => r.setHeader("X-CSRF-Token", csrfToken()) });
    })().catch(() => undefined); // the server forgets it after a day
  }
  jobs.delete(id);
  void forget(id);
  lines.set(lines.get().filter((line) => line.id !== id));
  next();
}

export function pauseAll(): void {
  for (const line of lines.get()) if (line.state === "sending" || line.state === "waiting") pause(line.id);
}

export function resumeAll(): void {
  for (const line of lines.get()) if (line.state === "paused" || line.state === "cut") resume(line.id);
}

export function clearDone(): void {
  lines.set(lines.get().filter((line) => line.state !== "done" && line.state !== "refused"));
}

/** New version, keep both, skip: for one, or for all that wait for an answer and all that will. */
export function decide(id: string, decision: Decision, all: boolean): void {
  const asked = lines.get().filter((line) => line.id === id || (all && (line.state === "conflict" || line.state === "waiting")));
  for (const line of asked) {
    const job = jobs.get(line.id);
    if (!job) continue;
    if (line.state === "conflict") void settle(job, decision);
    else if (decision !== "skip") job.decision = decision;
    else job.skip = true;
  }
  next();
}

async function settle(job: Job, decision: Decision): Promise<void> {
  if (decision === "skip") {
    dismiss(job.id);
    return;
  }
  job.decision = decision;
  if (job.url === null) {
    resume(job.id);
    return;
  }
  try {
    await decideUpload(job.url.slice(job.url.lastIndexOf("/") + 1), decision); // the bytes are there already
    finish(job.id, null);
  } catch {
    change(job.id, { state: "cut", at: Date.now() });
  }
}

if (typeof window !== "undefined") {
  window.addEventListener("online", () => {
    for (const line of lines.get()) if (line.state === "cut") resume(line.id);
  });
}
