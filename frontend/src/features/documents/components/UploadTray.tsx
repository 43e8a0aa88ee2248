import { ActionIcon, Button, Progress } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconListDetails, IconPlayerPause, IconRefresh } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { byteSize } from "../../../shared/lib/bytes";
import { useWorkspace } from "../../../shared/session/session";
import { Pace, type Summary, summaryOf } from "../lib/summary";
import { chooseAllAgain, clearDone, type Line, pauseAll, resumeAll, retryFailed } from "../lib/uploads";
import { FileButton } from "./FileButton";
import { FullNote } from "./FullNote";
import { TrayLine } from "./TrayLine";
import { UploadReport } from "./UploadReport";
import css from "./UploadTray.module.css";

const SHOWN = 60;
const ORDER: readonly Line["state"][][] = [["conflict"], ["refused", "lost", "cut"], ["sending"], ["paused"], ["waiting"], ["done", "skipped"]];

/** Docked under the list: all of it as one progress, then one line per file. Folds to one line. */
export function UploadTray({ lines, preparing }: { lines: readonly Line[]; preparing: boolean }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const [folded, setFolded] = useState(false);
  const [report, setReport] = useState(false);
  const summary = useMemo(() => summaryOf(lines), [lines]);
  const shown = useMemo(() => firstOf(lines), [lines]);
  useAnnouncements(lines, summary);
  if (lines.length === 0 && !preparing) return null;
  const { active, stopped, done, whole } = summary;
  const trouble = summary.refused + summary.lost + summary.conflicts;
  const words = [
    preparing && t("tray.preparing"),
    active > 0 && t("tray.active", { count: active }),
    stopped > 0 && t("tray.stopped", { count: stopped }),
    trouble > 0 && t("tray.trouble", { count: trouble }),
    done > 0 && t("tray.done", { count: done }),
    summary.skipped > 0 && t("tray.skipped", { count: summary.skipped }),
  ].filter((word) => word !== false);
  const going = active + stopped > 0 && whole.files > 1;
  return (
    <section className={css.tray} aria-label={t("tray.label")}>
      <div className={css.head}>
        <h2>{words.join(", ")}</h2>
        {folded && going && <Progress className={css.whole} value={percentOf(summary)} aria-label={t("tray.whole")} />}
        <TrayActions summary={summary} lines={lines.length} onReport={() => setReport(true)} />
        <ActionIcon aria-label={t(folded ? "tray.show" : "tray.hide")} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {folded ? <IconChevronUp size={18} stroke={1.75} /> : <IconChevronDown size={18} stroke={1.75} />}
        </ActionIcon>
      </div>
      {!folded && going && <Whole summary={summary} />}
      {summary.full > 0 && <FullNote />}
      {!folded && (
        <ul role="list" className={css.list}>
          {shown.map((line) => (
            <TrayLine key={line.id} line={line} />
          ))}
          {lines.length > shown.length && <li className={css.more}>{t("tray.others", { count: lines.length - shown.length })}</li>}
        </ul>
      )}
      {report && <UploadReport lines={lines} onClose={() => setReport(false)} />}
    </section>
  );
}

const percentOf = ({ whole }: Summary): number => (whole.weight === 0 ? 0 : (whole.weightDone / whole.weight) * 100);

/** What needs a hand first, then what moves; not sorted: there may be thousands. */
function firstOf(lines: readonly Line[]): Line[] {
  const found: Line[][] = ORDER.map(() => []);
  for (const line of lines) {
    const place = found[ORDER.findIndex((states) => states.includes(line.state))];
    if (place && place.length < SHOWN) place.push(line);
  }
  return found.flat().slice(0, SHOWN);
}

function TrayActions({ summary, lines, onReport }: { summary: Summary; lines: number; onReport: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const { active, stopped, done, refused, skipped, lost } = summary;
  const ended = active === 0 && stopped === 0;
  return (
    <>
      {active > 0 && (
        <ActionIcon aria-label={t("tray.pause_all")} onClick={() => pauseAll(workspace.id)}>
          <IconPlayerPause size={18} stroke={1.75} />
        </ActionIcon>
      )}
      {active === 0 && stopped > 0 && (
        <Button variant="subtle" size="sm" onClick={() => resumeAll(workspace.id)}>
          {t("tray.resume_all")}
        </Button>
      )}
      {lost > 1 && <ChooseAll />}
      {ended && refused > 0 && (
        <Button variant="subtle" size="sm" leftSection={<IconRefresh size={16} />} onClick={() => retryFailed(workspace.id)}>
          {t("tray.retry_failed")}
        </Button>
      )}
      {ended && lines > 1 && done + refused + skipped > 0 && (
        <Button variant="subtle" size="sm" leftSection={<IconListDetails size={16} />} onClick={onReport}>
          {t("report.open")}
        </Button>
      )}
      {ended && done + refused + skipped > 0 && (
        <Button variant="subtle" size="sm" onClick={() => clearDone(workspace.id)}>
          {t("tray.clear")}
        </Button>
      )}
    </>
  );
}

/** After a restart, for files that were too many or too large to be kept: all chosen in one go. */
function ChooseAll(): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <FileButton multiple onChosen={(files) => announce(t("tray.found", { count: chooseAllAgain(files) }))}>
      {t("tray.choose_all")}
    </FileButton>
  );
}

/** Files and bytes of what was dropped together, and the time that is left. */
function Whole({ summary }: { summary: Summary }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const pace = useRef<Pace | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const { whole, active } = summary;
  useEffect(() => {
    if (active === 0) pace.current = null;
    pace.current ??= new Pace();
    setLeft(active === 0 ? null : pace.current.left(whole.weightDone, whole.weight, Date.now()));
  }, [whole, active]);
  const files = t("tray.files", { done: whole.filesDone, count: whole.files });
  const bytes = t("tray.state.sending", { sent: byteSize(whole.bytesDone), size: byteSize(whole.bytes) });
  return (
    <div className={css.all}>
      <Progress className={css.bar} value={percentOf(summary)} color={active > 0 ? "plano" : "gray"} aria-label={t("tray.whole")} />
      <p>{[files, bytes, timeLeft(left, t)].filter((word) => word !== "").join(" · ")}</p>
    </div>
  );
}

function timeLeft(seconds: number | null, t: ReturnType<typeof useTranslation>["t"]): string {
  if (seconds === null) return "";
  if (seconds < 60) return t("tray.left_seconds", { count: Math.max(1, Math.ceil(seconds / 5) * 5) });
  if (seconds < 3600) return t("tray.left_minutes", { count: Math.ceil(seconds / 60) });
  return t("tray.left_hours", { count: Math.round(seconds / 3600) });
}

/** Of a few, each start, half way, end and failure; of many, the end. */
function useAnnouncements(lines: readonly Line[], summary: Summary): void {
  const { t } = useTranslation("documents");
  const said = useRef(new Map<string, number>());
  const many = lines.length > 5;
  const going = summary.active > 0;
  const before = useRef(false);
  useEffect(() => {
    const ended = before.current && !going;
    before.current = going;
    if (many && ended) announce(t("say.all", { done: summary.done, count: summary.done + summary.refused }));
  }, [many, going, summary, t]);
  useEffect(() => {
    if (many) return;
    for (const line of lines) {
      const step = stepOf(line);
      if (step === 0 || step === (said.current.get(line.id) ?? 0)) continue;
      said.current.set(line.id, step);
      announce(t(["", "say.begun", "say.half", "say.done", "say.stopped"][step] ?? "say.done", { name: line.name }));
    }
  }, [lines, many, t]);
}

function stepOf(line: Line): number {
  if (line.state === "done") return 3;
  if (line.state === "refused" || line.state === "cut") return 4;
  if (line.state !== "sending") return 0;
  return line.sent * 2 >= line.size && line.size > 0 ? 2 : 1;
}
