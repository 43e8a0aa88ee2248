/**
 * Uploads: a queue that outlives the page. Each is remembered in IndexedDB with its bytes (or, past a size, without:
 * then the same file is chosen again) and its address on the server, which alone knows how much has arrived.
 */
import { type DetailedError, type HttpRequest, type HttpResponse, Upload } from "tus-js-client";
import { csrfToken } from "../../../shared/api/csrf";
import { isProblem } from "../../../shared/api/problem";
import { onSessionEnded } from "../../../shared/api/sessionEnded";
import { newId } from "../../../shared/lib/ids";
import { tellLanded } from "../../../shared/library/onTheirWay";
import { Store } from "../../../shared/live/store";
import { completeUpload, decideUpload, type Decision, folderOf, myUploads, type Node } from "../api";
import { type Dropped, emptyFolders } from "./dropped";
import { forget, type Kept, keep, recall, tab } from "./kept";
import { addLines, change, everyLine, type Line, lineOf, lines, removeLine, type UploadState } from "./lines";
import { forgetPlaces, keepBeside, placeOf, PlaceRefused } from "./places";

export { type Line, lines, type UploadState };

interface Job extends Kept {
  upload: Upload | null;
  last: { at: number; sent: number } | null;
  /** How often a decision was carried out: one that does not settle it asks again. */
  settled: number;
}

/** A browser opens six connections to one server: one stays free for the page. */
const AT_ONCE = 5;
const LARGE_AT_ONCE = 3;
const CHUNK = 32 * 1024 * 1024;
/** Up to this size one request does it all. */
const SMALL = 4 * 1024 * 1024;
/** After so long a server that did not answer is tried again. */
const AGAIN = 10_000;
const RETRIES = [0, 800, 2500, 6000, 12_000];
/** Why the server fails, when it says so. */
const TOLD = new Set(["storage_full", "storage_unavailable"]);

/** Counts the trees that are being read. */
export const preparing = new Store<number>(0);

const jobs = new Map<string, Job>();
let waiting: string[] = [];
const sending = new Set<string>();
let batch = 0;
let me = "";
/** Nothing begins: the server is out of reach, or nobody is signed in. */
let held = false;
let timer = 0;

const order = new Intl.Collator(undefined, { numeric: true });

const hasEnded = ({ state }: Line): boolean => state === "done" || state === "skipped" || state === "refused";

function lineFor(kept: Kept, state: UploadState): Line {
  const { id, kind, workspaceId, folder, name, size, sent } = kept;
  return {
    id, kind, workspaceId, folder, name, size, sent, state,
    code: null, at: null, other: null, blocked: null, speed: 0, outcome: null, batch,
  };
}

/** Once per session: what an earlier page or browser left is offered again, suspended, with what the server has. */
export async function restoreUploads(userId: string): Promise<void> {
  if (me === userId) {
    if (held && timer === 0) lift(); // signed in again
    return;
  }
  for (const job of jobs.values()) void job.upload?.abort(); // another person has signed in: these stay theirs
  jobs.clear();
  sending.clear();
  waiting = [];
  for (const line of [...everyLine()]) removeLine(line.id);
  held = false;
  me = userId;
  await offerAgain();
}

async function offerAgain(): Promise<void> {
  const back = (await recall(me, () => void offerAgain())).filter((kept) => !jobs.has(kept.id));
  if (back.length === 0) return;
  const there = new Map((await myUploads().catch(() => [])).map((one) => [one.id, one.offset]));
  newBatch();
  for (const kept of back) {
    const offset = there.get(kept.id);
    if (offset !== undefined) kept.url ??= `/api/v1/uploads/${kept.id}`; // the answer that told it was lost
    kept.sent = offset ?? 0;
    jobs.set(kept.id, { ...kept, upload: null, last: null, settled: 0 });
  }
  addLines(back.map((kept) => lineFor(kept, kept.file || kept.kind === "folder" ? "paused" : "lost")));
}

/** A new progress begins when nothing of the last one is on its way. */
function newBatch(): void {
  for (const line of everyLine()) if (!hasEnded(line)) return;
  batch += 1;
  forgetPlaces();
}

/** Takes dropped files and folders; those that were interrupted and are dropped again go on from where they were. */
export function addDropped(workspaceId: string, parentId: string | null, dropped: Dropped): void {
  newBatch();
  const place = { workspaceId, parentId, userId: me, tab, at: Date.now() };
  const rest = { nodeId: null, base: null, sent: 0, url: null, decision: null };
  const lost = lostOnes();
  const fresh: Kept[] = [];
  for (const { file, folder } of dropped.files) {
    const before = lost.get(sameFile(file.name, file.size))?.pop();
    if (before !== undefined) chooseAgain(before, file);
    else {
      const said = { name: file.name, size: file.size, modified: file.lastModified, file, folder };
      fresh.push({ ...place, ...rest, ...said, id: newId(), kind: "file" });
    }
  }
  for (const folder of emptyFolders(dropped)) {
    const said = { name: folder.slice(folder.lastIndexOf("/") + 1), size: 0, modified: 0, file: null, folder };
    fresh.push({ ...place, ...rest, ...said, id: newId(), kind: "folder" });
  }
  enqueue(fresh.sort((a, b) => order.compare(a.folder, b.folder) || order.compare(a.name, b.name)));
  const unread = dropped.unreadable.map(
    ({ name, folder }): Line => ({
      ...lineFor({ ...place, ...rest, id: newId(), kind: "file", name, folder, size: 0, modified: 0, file: null }, "refused"),
      code: "file_unreadable",
    }),
  );
  addLines(unread);
}

/** Files of a conversation: they become documents of its folder, beside what has their name; their lines, in order. */
export function addAttached(userId: string, workspaceId: string, channel: string, files: readonly File[]): string[] {
  void restoreUploads(userId);
  newBatch();
  const fresh = files.map(
    (file): Kept => ({
      id: newId(), kind: "file", userId, workspaceId, parentId: channel, folder: "", nodeId: null, base: null, channel, name: file.name,
      size: file.size, modified: file.lastModified, sent: 0, url: null, file, decision: "keep_both", at: Date.now(), tab,
    }),
  );
  enqueue(fresh);
  return fresh.map(({ id }) => id);
}

/** The uploads of conversations, with what they are of. */
export const attachedJobs = (): string[] => [...jobs.values()].flatMap((job) => (job.channel ? [job.id] : []));

/** A new version of one document, whatever the file is called; one that somebody saves meanwhile asks. */
export function addVersion(node: Node, file: File): void {
  newBatch();
  enqueue([
    {
      id: newId(), kind: "file", userId: me, workspaceId: node.workspace_id, parentId: node.parent_id, folder: "", nodeId: node.id,
      base: node.content_version, name: node.name, size: file.size, modified: file.lastModified, sent: 0, url: null, file,
      decision: null, at: Date.now(), tab,
    },
  ]);
}

function enqueue(fresh: Kept[]): void {
  for (const kept of fresh) {
    jobs.set(kept.id, { ...kept, upload: null, last: null, settled: 0 });
    keep(kept);
    waiting.push(kept.id);
  }
  addLines(fresh.map((kept) => lineFor(kept, "waiting")));
  next();
}

/** One that is cut is enough to know: the others wait, and all of it goes on when the server answers again. */
function hold(job: Job, code: string | null, wait: number | null): void {
  held = true;
  if (wait !== null) timer ||= window.setTimeout(lift, wait);
  left(job.id, { state: "cut", at: Date.now(), code });
}

function lift(): void {
  window.clearTimeout(timer);
  timer = 0;
  held = false;
  for (const line of everyLine()) if (line.state === "cut") wake(line.id, true);
  next();
}

function next(): void {
  if (held) return;
  const passed: string[] = [];
  let large = 0;
  for (const id of sending) if ((jobs.get(id)?.size ?? 0) > SMALL) large += 1;
  let at = 0;
  for (; at < waiting.length && sending.size < AT_ONCE; at += 1) {
    const id = waiting[at] ?? "";
    const job = jobs.get(id);
    if (!job || lineOf(id)?.state !== "waiting" || sending.has(id)) continue;
    if (job.size > SMALL && large >= LARGE_AT_ONCE) {
      passed.push(id);
      continue;
    }
    if (job.size > SMALL) large += 1;
    void begin(job);
  }
  waiting = [...passed, ...waiting.slice(at)];
}

/** Out of the five; another has its turn. */
function left(id: string, fields: Partial<Line>): void {
  sending.delete(id);
  change(id, fields);
  next();
}

async function begin(job: Job): Promise<void> {
  const { id } = job;
  if (!job.file && job.kind === "file") {
    change(id, { state: "lost" });
    return;
  }
  sending.add(id);
  change(id, { state: "sending", code: null, at: null, other: null, blocked: null, speed: 0 });
  job.last = null;
  let place: string | null;
  try {
    if (job.channel) await folderOf(job.channel);
    place = await placeOf(job);
  } catch (error) {
    if (sending.has(id)) refusePlace(job, error);
    return;
  }
  if (!sending.has(id)) return; // paused, or given up, while its folder was made
  if (job.kind === "folder") finish(job, null);
  else send(job, place);
}

/** All bytes have arrived, and no document is there yet: the answer was lost, or a question is open. It is asked for again. */
async function complete(job: Job): Promise<void> {
  const url = job.url ?? job.upload?.url ?? null;
  if (url === null) {
    refuse(job, "unknown");
    return;
  }
  try {
    const { version, node } = await completeUpload(url, job.size);
    finish(job, version, node);
  } catch (error) {
    if (isProblem(error, "name_taken", "newer_version")) ask(job, error.code, otherOf(error.errors));
    else if (isProblem(error) && error.status < 500 && error.status !== 401) refuse(job, error.code);
    else failed(job, error);
  }
}

function refusePlace(job: Job, error: unknown): void {
  const cause = error instanceof PlaceRefused ? error.cause : error;
  if (error instanceof PlaceRefused && isProblem(cause, "name_taken")) {
    if (job.decision === "skip") left(job.id, skipped(job));
    else if (job.decision === "keep_both" && job.settled < 2) {
      job.settled += 1;
      keepBeside({ ...job, folder: error.folder });
      again(job);
    } else left(job.id, { state: "conflict", code: "name_taken", blocked: error.folder, other: otherOf(cause.errors) });
  } else if (isProblem(cause) && cause.status < 500 && cause.status !== 401) left(job.id, { state: "refused", code: cause.code });
  else failed(job, cause);
}

function failed(job: Job, cause: unknown): void {
  const signedOut = isProblem(cause) && cause.status === 401;
  hold(job, signedOut || (isProblem(cause) && TOLD.has(cause.code)) ? cause.code : null, signedOut ? null : AGAIN);
}

function send(job: Job, place: string | null): void {
  const { id, file } = job;
  if (!file) return;
  const metadata: Record<string, string> = { filename: job.name, workspace_id: job.workspaceId, conflict: askedAs(job.decision) };
  if (place !== null) metadata["parent_id"] = place;
  if (job.nodeId !== null && job.decision !== "keep_both") metadata["node_id"] = job.nodeId;
  if (job.base !== null) metadata["base"] = String(job.base);
  const upload = new Upload(file, {
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
    onShouldRetry: (error: Error | DetailedError) => {
      const response = responseOf(error);
      const status = response?.getStatus() ?? 0;
      return navigator.onLine && (status === 0 || status >= 500 || status === 423 || problem(response).code === "offset_mismatch");
    },
    onUploadUrlAvailable: () => {
      job.url = upload.url;
      if (job.size > SMALL) keep(job);
    },
    onProgress: (sent) => progress(job, sent),
    onSuccess: ({ lastResponse }) => {
      if (!sending.has(id)) return;
      const nodeId = lastResponse.getHeader("plano-node") ?? "";
      if (nodeId === "") void complete(job);
      else finish(job, Number(lastResponse.getHeader("plano-version") ?? 1), nodeId);
    },
    onError: (error: Error | DetailedError) => void fail(job, error),
  });
  job.upload = upload;
  upload.start();
}

const askedAs = (decision: Decision | null): string => (decision === null || decision === "skip" ? "ask" : decision);

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

function finish(job: Job, version: number | null, node: string | null = null): void {
  const { id, size } = job;
  const outcome = version !== null && version > 1 ? "version" : job.decision === "keep_both" ? "beside" : "new";
  jobs.delete(id);
  forget(id);
  left(id, { state: "done", sent: size, outcome });
  if (job.channel && node) {
    removeLine(id); // the conversation shows it from now on
    tellLanded(id, node);
  }
}

function skipped(job: Job): Partial<Line> {
  jobs.delete(job.id);
  forget(job.id);
  return { state: "skipped" };
}

interface Refusal {
  code: string;
  other: Node | null;
}

const responseOf = (error: Error | DetailedError): HttpResponse | null =>
  "originalResponse" in error ? (error.originalResponse ?? null) : null;

const otherOf = (errors: Readonly<Record<string, unknown>> | undefined): Node | null => (errors?.["node"] as Node | undefined) ?? null;

function problem(response: HttpResponse | null): Refusal {
  try {
    const body = JSON.parse(response?.getBody() ?? "") as { code?: string; errors?: Record<string, unknown> };
    return { code: body.code ?? "unknown", other: otherOf(body.errors) };
  } catch {
    return { code: "unknown", other: null };
  }
}

async function fail(job: Job, error: Error | DetailedError): Promise<void> {
  const { id } = job;
  if (!sending.has(id)) return;
  const response = responseOf(error);
  const status = response?.getStatus() ?? 0;
  const { code, other } = problem(response);
  if (status === 0 && !(await isReadable(job.file))) refuse(job, "file_unreadable");
  else if (status === 0 || status >= 500 || status === 401) {
    hold(job, status === 401 || TOLD.has(code) ? code : null, status === 401 ? null : AGAIN);
  } else if (code === "name_taken" || code === "newer_version") ask(job, code, other);
  else if (status === 404 && job.url !== null) {
    // the server forgot it (its time was over): from the beginning
    job.url = null;
    job.sent = 0;
    again(job);
  } else refuse(job, code);
}

/** The file may have been moved or changed on the disk since it was chosen. */
async function isReadable(file: File | null): Promise<boolean> {
  try {
    await file?.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Remembered until it is taken off the list: after a restart it is offered with the rest. */
function refuse(job: Job, code: string): void {
  left(job.id, { state: "refused", code });
}

/** The name is taken, or somebody was quicker: an answer that was given for all is carried out, else it is asked. */
function ask(job: Job, code: string, other: Node | null): void {
  const said = job.decision;
  if (said === "skip") {
    giveUp(job);
    left(job.id, skipped(job));
  } else if (said !== null && job.settled < 2 && !(said === "version" && (code === "newer_version" || other?.kind === "folder"))) {
    void settle(job, said);
  } else left(job.id, { state: "conflict", code, other });
}

function again(job: Job): void {
  sending.delete(job.id);
  change(job.id, { state: job.file || job.kind === "folder" ? "waiting" : "lost", sent: job.sent });
  waiting.unshift(job.id);
  next();
}

async function settle(job: Job, decision: Decision): Promise<void> {
  job.decision = decision;
  job.settled += 1;
  const url = job.url ?? job.upload?.url ?? null;
  if (url === null) {
    again(job); // nothing has been sent: the next attempt says how
    return;
  }
  sending.add(job.id);
  change(job.id, { state: "sending" });
  try {
    const node = await decideUpload(url.slice(url.lastIndexOf("/") + 1), decision, job.base); // the bytes are there already
    finish(job, node?.content_version ?? null, node?.id ?? null);
  } catch (error) {
    if (isProblem(error, "upload_incomplete")) again(job);
    else if (isProblem(error, "name_taken", "newer_version")) left(job.id, { state: "conflict", code: error.code, other: otherOf(error.errors) });
    else if (isProblem(error) && error.status < 500 && error.status !== 401) refuse(job, error.code);
    else failed(job, error);
  }
}

function stop(id: string): void {
  const job = jobs.get(id);
  if (!job) return;
  sending.delete(id);
  void job.upload?.abort();
  keep(job);
  change(id, { state: "paused" });
}

export function pause(id: string): void {
  stop(id);
  next();
}

function wake(id: string, first = false): void {
  const job = jobs.get(id);
  if (!job) return;
  job.settled = 0;
  change(id, { state: job.file || job.kind === "folder" ? "waiting" : "lost" });
  if (first) waiting.unshift(id);
  else waiting.push(id);
}

export function resume(id: string): void {
  wake(id, true);
  held = false;
  next();
}

const sameFile = (name: string, size: number): string => `${size} ${name}`;

/** Files that are too large to be kept, by name and size. */
function lostOnes(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of everyLine()) {
    if (line.state !== "lost") continue;
    const name = sameFile(line.name, line.size);
    found.set(name, [...(found.get(name) ?? []), line.id]);
  }
  return found;
}

/** After a restart, for a file too large to be kept: the person chooses it again. */
export function chooseAgain(id: string, file: File): boolean {
  const job = jobs.get(id);
  if (job?.size !== file.size) return false;
  job.file = file;
  resume(id);
  return true;
}

/** Several at once, each for the line of its name and size; how many found theirs. */
export function chooseAllAgain(files: readonly File[]): number {
  const lost = lostOnes();
  let found = 0;
  for (const file of files) {
    const id = lost.get(sameFile(file.name, file.size))?.pop();
    if (id !== undefined && chooseAgain(id, file)) found += 1;
  }
  return found;
}

/** What has arrived is given back; else the server forgets it after a day. */
function giveUp(job: Job): void {
  const url = job.url;
  void (async () => {
    await job.upload?.abort();
    if (url !== null) await Upload.terminate(url, { onBeforeRequest: (r: HttpRequest) => r.setHeader("X-CSRF-Token", csrfToken()) });
  })().catch(() => undefined);
}

function drop(id: string): void {
  const job = jobs.get(id);
  if (job) giveUp(job);
  sending.delete(id);
  jobs.delete(id);
  forget(id);
  removeLine(id);
}

/** Gives up one that is on its way, or takes a finished line off the tray. */
export function dismiss(id: string): void {
  drop(id);
  next();
}

const eachOf = (workspaceId: string, ...states: UploadState[]): Line[] =>
  [...everyLine()].filter((line) => line.workspaceId === workspaceId && states.includes(line.state));

export function pauseAll(workspaceId: string): void {
  for (const line of eachOf(workspaceId, "sending", "waiting", "cut")) stop(line.id);
  next();
}

export function resumeAll(workspaceId: string): void {
  for (const line of eachOf(workspaceId, "paused", "cut")) wake(line.id);
  held = false;
  next();
}

/** Failures only: what is there stays as it is. */
export function retryFailed(workspaceId: string): void {
  for (const line of eachOf(workspaceId, "refused", "cut")) wake(line.id);
  held = false;
  next();
}

export function giveUpAll(workspaceId: string): void {
  for (const line of eachOf(workspaceId, "waiting", "sending", "paused", "cut", "lost", "conflict")) drop(line.id);
}

export function clearDone(workspaceId: string): void {
  for (const line of eachOf(workspaceId, "done", "skipped", "refused")) drop(line.id);
}

/** New version, keep both, skip: for one, or for all that wait for an answer and all that will. */
export function decide(id: string, decision: Decision, all: boolean): void {
  const asked = lineOf(id);
  if (!asked) return;
  const concerned = eachOf(asked.workspaceId, "conflict", "waiting", "sending", "paused").filter(
    (line) => all || line.id === id || (asked.blocked !== null && line.blocked === asked.blocked && line.state === "conflict"),
  );
  for (const line of concerned) {
    const job = jobs.get(line.id);
    if (!job) continue;
    const before = job.decision;
    job.decision = decision;
    if (line.state !== "conflict") continue;
    // what is newer than what somebody had in hand, or a folder in the way, needs an answer of its own
    if (line.id !== id && decision === "version" && (line.code === "newer_version" || line.other?.kind === "folder" || line.blocked !== null)) {
      job.decision = before;
      continue;
    }
    answered(job, line, decision);
  }
  next();
}

function answered(job: Job, line: Line, decision: Decision): void {
  job.settled = 0;
  if (decision === "skip") {
    giveUp(job);
    change(job.id, skipped(job));
  } else if (line.blocked !== null) {
    keepBeside({ ...job, folder: line.blocked });
    again(job);
  } else {
    job.base = decision === "version" ? (line.other?.content_version ?? job.base) : null; // what the person has seen now
    void settle(job, decision);
  }
}

if (typeof window !== "undefined") {
  window.addEventListener("online", lift);
  onSessionEnded(() => {
    for (const id of [...sending]) {
      const job = jobs.get(id);
      void job?.upload?.abort();
      if (job) hold(job, "sign_in_required", null);
    }
    held = waiting.length > 0 || held;
  });
}
