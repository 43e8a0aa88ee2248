/** What an outsider sends into a drop-box: in pieces, two at once, going on by itself after a cut. */
import { type HttpResponse, Upload } from "tus-js-client";
import { newId } from "../../../shared/lib/ids";
import { depositsUrl } from "../shared";

export interface DepositLine {
  id: string;
  name: string;
  size: number;
  sent: number;
  state: "waiting" | "sending" | "done" | "cut" | "refused";
  code: string;
}

const AT_ONCE = 2;
const CHUNK = 16 * 1024 * 1024;
const RETRIES = [0, 1000, 3000, 8000, 20_000];

export class Deposits {
  private lines: readonly DepositLine[] = [];
  private readonly files = new Map<string, { file: File; depositor: string; upload: Upload | null }>();

  private readonly token: string;
  private readonly onChange: (lines: readonly DepositLine[]) => void;

  constructor(token: string, onChange: (lines: readonly DepositLine[]) => void) {
    this.token = token;
    this.onChange = onChange;
  }

  add(files: readonly File[], depositor: string, maxSize: number): void {
    const fresh = files.map((file): DepositLine => {
      const id = newId();
      this.files.set(id, { file, depositor, upload: null });
      const tooLarge = file.size > maxSize;
      return { id, name: file.name, size: file.size, sent: 0, state: tooLarge ? "refused" : "waiting", code: tooLarge ? "document_too_large" : "" };
    });
    this.set([...this.lines, ...fresh]);
    this.next();
  }

  retry(id: string): void {
    this.change(id, { state: "waiting", code: "" });
    this.next();
  }

  /** The page asks before it is left while something is on its way. */
  warnBeforeLeaving(): () => void {
    const warn = (event: BeforeUnloadEvent): void => {
      if (this.lines.some((line) => line.state === "sending" || line.state === "waiting")) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }

  private set(lines: readonly DepositLine[]): void {
    this.lines = lines;
    this.onChange(lines);
  }

  private change(id: string, fields: Partial<DepositLine>): void {
    this.set(this.lines.map((line) => (line.id === id ? { ...line, ...fields } : line)));
  }

  private next(): void {
    let busy = this.lines.filter((line) => line.state === "sending").length;
    for (const line of this.lines) {
      if (busy >= AT_ONCE) return;
      if (line.state !== "waiting") continue;
      this.begin(line.id);
      busy += 1;
    }
  }

  private begin(id: string): void {
    const job = this.files.get(id);
    if (!job) return;
    this.change(id, { state: "sending" });
    const end = (fields: Partial<DepositLine>): void => {
      this.change(id, fields);
      this.next();
    };
    job.upload ??= new Upload(job.file, {
      endpoint: depositsUrl(this.token),
      metadata: { filename: job.file.name, depositor: job.depositor },
      headers: { "Idempotency-Key": id },
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      uploadDataDuringCreation: true,
      storeFingerprintForResuming: false,
      onShouldRetry: (error) => {
        const status = "originalResponse" in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
        return status === 0 || status >= 500 || status === 423 || status === 429 || codeOf("originalResponse" in error ? error.originalResponse : null) === "offset_mismatch";
      },
      onProgress: (sent) => this.change(id, { sent }),
      onSuccess: () => end({ state: "done", sent: job.file.size }),
      onError: (error) => {
        const response = "originalResponse" in error ? error.originalResponse : null;
        const status = response?.getStatus() ?? 0;
        if (status === 0 || status >= 500 || status === 423 || status === 429) end({ state: "cut" });
        else end({ state: "refused", code: codeOf(response) });
      },
    });
    job.upload.start();
  }
}

function codeOf(response: HttpResponse | null | undefined): string {
  try {
    return (JSON.parse(response?.getBody() ?? "") as { code?: string }).code ?? "unknown";
  } catch {
    return "unknown";
  }
}
