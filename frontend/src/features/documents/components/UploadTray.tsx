import { ActionIcon, Button, Progress } from "@mantine/core";
import {
  IconAlertCircle, IconChevronDown, IconChevronUp, IconCircleCheck, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX,
} from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { byteSize } from "../../../shared/lib/bytes";
import { clock } from "../../../shared/lib/dates";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { chooseAgain, clearDone, dismiss, type Line, pause, pauseAll, resume, resumeAll } from "../lib/uploads";
import css from "./UploadTray.module.css";

const SHOWN = 60;
const ORDER: Record<Line["state"], number> = { conflict: 0, refused: 1, lost: 1, cut: 1, sending: 2, paused: 3, waiting: 4, done: 5 };

/** Docked under the list: one line per file, one action each. Folds to one line. */
export function UploadTray({ lines, preparing }: { lines: readonly Line[]; preparing: boolean }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const [folded, setFolded] = useState(false);
  useAnnouncements(lines);
  if (lines.length === 0 && !preparing) return null;
  const count = (...states: Line["state"][]): number => lines.filter((line) => states.includes(line.state)).length;
  const active = count("sending", "waiting");
  const stopped = count("paused", "cut");
  const trouble = count("refused", "lost", "conflict");
  const done = count("done");
  const words = [
    preparing && t("tray.preparing"),
    active > 0 && t("tray.active", { count: active }),
    stopped > 0 && t("tray.stopped", { count: stopped }),
    trouble > 0 && t("tray.trouble", { count: trouble }),
    done > 0 && t("tray.done", { count: done }),
  ].filter((word) => word !== false);
  const total = lines.reduce((sum, line) => sum + line.size, 0);
  const sent = lines.reduce((sum, line) => sum + (line.state === "done" ? line.size : line.sent), 0);
  const shown = [...lines].sort((a, b) => ORDER[a.state] - ORDER[b.state]).slice(0, SHOWN);
  return (
    <section className={css.tray} aria-label={t("tray.label")}>
      <div className={css.head}>
        <h2>{words.join(", ")}</h2>
        {folded && active > 0 && total > 0 && (
          <Progress className={css.whole} value={(sent / total) * 100} aria-label={t("tray.whole")} />
        )}
        {active > 0 && (
          <ActionIcon aria-label={t("tray.pause_all")} onClick={pauseAll}>
            <IconPlayerPause size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {active === 0 && stopped > 0 && (
          <Button variant="subtle" size="sm" onClick={resumeAll}>
            {t("tray.resume_all")}
          </Button>
        )}
        {active === 0 && stopped === 0 && done > 0 && (
          <Button variant="subtle" size="sm" onClick={clearDone}>
            {t("tray.clear")}
          </Button>
        )}
        <ActionIcon aria-label={t(folded ? "tray.show" : "tray.hide")} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {folded ? <IconChevronUp size={18} stroke={1.75} /> : <IconChevronDown size={18} stroke={1.75} />}
        </ActionIcon>
      </div>
      {!folded && (
        <ul role="list" className={css.list}>
          {shown.map((line) => (
            <TrayLine key={line.id} line={line} />
          ))}
          {lines.length > shown.length && <li className={css.more}>{t("tray.others", { count: lines.length - shown.length })}</li>}
        </ul>
      )}
    </section>
  );
}

function TrayLine({ line }: { line: Line }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const percent = line.size === 0 ? 100 : Math.min(100, (line.sent / line.size) * 100);
  return (
    <li className={css.line} data-state={line.state}>
      <FileIcon name={line.name} />
      <span className={css.name} title={line.name}>
        {line.name}
      </span>
      <span className={css.state}>
        {(line.state === "sending" || line.state === "paused" || line.state === "cut") && (
          <Progress className={css.bar} value={percent} color={line.state === "sending" ? "plano" : "gray"} aria-label={line.name} />
        )}
        {line.state === "done" && <IconCircleCheck size={18} stroke={1.75} className={css.ok} aria-hidden="true" />}
        {(line.state === "refused" || line.state === "lost") && <IconAlertCircle size={18} stroke={1.75} aria-hidden="true" />}
        <span className={css.words}>{wrong ? t("tray.other_file") : wordsOf(line, t)}</span>
      </span>
      <span className={css.actions}>
        {line.state === "sending" && (
          <ActionIcon aria-label={t("tray.pause", { name: line.name })} onClick={() => pause(line.id)}>
            <IconPlayerPause size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {line.state === "paused" && (
          <ActionIcon aria-label={t("tray.resume", { name: line.name })} onClick={() => resume(line.id)}>
            <IconPlayerPlay size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {line.state === "cut" && (
          <ActionIcon aria-label={t("tray.retry", { name: line.name })} onClick={() => resume(line.id)}>
            <IconRefresh size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {line.state === "lost" && (
          <>
            <input
              ref={input}
              type="file"
              hidden
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) setWrong(!chooseAgain(line.id, file));
              }}
            />
            <Button variant="subtle" size="sm" onClick={() => input.current?.click()}>
              {t("tray.choose")}
            </Button>
          </>
        )}
        <ActionIcon
          aria-label={t(line.state === "done" || line.state === "refused" ? "tray.dismiss" : "tray.cancel", { name: line.name })}
          onClick={() => dismiss(line.id)}
        >
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      </span>
    </li>
  );
}

type T = ReturnType<typeof useTranslation>["t"];

function wordsOf(line: Line, t: T): string {
  switch (line.state) {
    case "waiting":
      return t("tray.state.waiting");
    case "sending":
      return sendingWords(line, t);
    case "paused":
      return t("tray.state.paused", { sent: byteSize(line.sent), size: byteSize(line.size) });
    case "cut":
      return line.code === null ? t("tray.state.cut", { time: clock(line.at ?? Date.now()) }) : t(`errors:${line.code}`);
    case "conflict":
      return t("tray.state.conflict");
    case "lost":
      return t("tray.state.lost");
    case "refused":
      return t([`errors:${line.code ?? "unknown"}`, "errors:unknown"]);
    case "done":
      return t("tray.state.done");
  }
}

function sendingWords(line: Line, t: T): string {
  const size = byteSize(line.size);
  const left = line.speed > 1000 ? (line.size - line.sent) / line.speed : null;
  if (left === null || left < 2) return t("tray.state.sending", { sent: byteSize(line.sent), size });
  const count = left < 60 ? Math.ceil(left) : Math.ceil(left / 60);
  return t(left < 60 ? "tray.state.seconds" : "tray.state.minutes", { sent: byteSize(line.sent), size, count });
}

/** Start, half way, end and failure only. */
function useAnnouncements(lines: readonly Line[]): void {
  const { t } = useTranslation("documents");
  const said = useRef(new Map<string, number>());
  useEffect(() => {
    for (const line of lines) {
      const step = line.state === "done" ? 3 : line.state === "refused" || line.state === "cut" ? 4 : line.state !== "sending" ? 0 : line.sent * 2 >= line.size && line.size > 0 ? 2 : 1;
      const before = said.current.get(line.id) ?? 0;
      if (step === before || step === 0) continue;
      said.current.set(line.id, step);
      if (lines.length > 5 && step < 3) continue; // a folder of many: only ends and failures
      const key = ["", "say.begun", "say.half", "say.done", "say.stopped"][step] ?? "say.done";
      announce(t(key, { name: line.name }));
    }
  }, [lines, t]);
}
