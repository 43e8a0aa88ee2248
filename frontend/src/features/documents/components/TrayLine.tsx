import { ActionIcon, Progress } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconFolder, IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconRefresh, IconX } from "@tabler/icons-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { clock } from "../../../shared/lib/dates";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { pathOf, reasonOf } from "../lib/report";
import { chooseAgain, dismiss, type Line, pause, resume } from "../lib/uploads";
import { FileButton } from "./FileButton";
import css from "./UploadTray.module.css";

const ENDED: readonly Line["state"][] = ["done", "skipped", "refused"];

/** One file and what may be done about it. Drawn again only when something of it changed. */
export const TrayLine = memo(function TrayLine({ line }: { line: Line }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [wrong, setWrong] = useState(false);
  const { state, name } = line;
  const percent = line.size === 0 ? 100 : Math.min(100, (line.sent / line.size) * 100);
  return (
    <li className={css.line} data-state={state}>
      {line.kind === "folder" ? <IconFolder size={18} stroke={1.75} aria-hidden="true" /> : <FileIcon name={name} />}
      <span className={css.name} title={pathOf(line)}>
        {name}
      </span>
      <span className={css.state}>
        {(state === "sending" || state === "paused" || state === "cut") && line.kind === "file" && (
          <Progress className={css.bar} value={percent} color={state === "sending" ? "plano" : "gray"} aria-label={name} />
        )}
        {state === "done" && <IconCircleCheck size={18} stroke={1.75} className={css.ok} aria-hidden="true" />}
        {state === "skipped" && <IconPlayerSkipForward size={18} stroke={1.75} aria-hidden="true" />}
        {(state === "refused" || state === "lost") && <IconAlertCircle size={18} stroke={1.75} aria-hidden="true" />}
        <span className={css.words}>{wrong ? t("tray.other_file") : wordsOf(line, t)}</span>
      </span>
      <span className={css.actions}>
        {state === "sending" && (
          <ActionIcon aria-label={t("tray.pause", { name })} onClick={() => pause(line.id)}>
            <IconPlayerPause size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {state === "paused" && (
          <ActionIcon aria-label={t("tray.resume", { name })} onClick={() => resume(line.id)}>
            <IconPlayerPlay size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {(state === "cut" || state === "refused") && line.code !== "file_unreadable" && (
          <ActionIcon aria-label={t("tray.retry", { name })} onClick={() => resume(line.id)}>
            <IconRefresh size={18} stroke={1.75} />
          </ActionIcon>
        )}
        {state === "lost" && <FileButton onChosen={([file]) => file && setWrong(!chooseAgain(line.id, file))}>{t("tray.choose")}</FileButton>}
        <ActionIcon aria-label={t(ENDED.includes(state) ? "tray.dismiss" : "tray.cancel", { name })} onClick={() => dismiss(line.id)}>
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      </span>
    </li>
  );
});

type T = ReturnType<typeof useTranslation>["t"];

function wordsOf(line: Line, t: T): string {
  switch (line.state) {
    case "waiting":
      return t("tray.state.waiting");
    case "sending":
      return line.kind === "folder" ? t("tray.state.making") : sendingWords(line, t);
    case "paused":
      return t("tray.state.paused", { sent: byteSize(line.sent), size: byteSize(line.size) });
    case "cut":
      return line.code === null ? t("tray.state.cut", { time: clock(line.at ?? Date.now()) }) : reasonOf(line, t);
    case "conflict":
      return t(line.code === "newer_version" ? "tray.state.newer" : "tray.state.conflict");
    case "lost":
      return t("tray.state.lost", { sent: byteSize(line.sent), size: byteSize(line.size) });
    case "refused":
      return reasonOf(line, t);
    case "skipped":
      return t("tray.state.skipped");
    case "done":
      return t(line.outcome === "version" ? "tray.state.version" : "tray.state.done");
  }
}

function sendingWords(line: Line, t: T): string {
  const size = byteSize(line.size);
  const left = line.speed > 1000 ? (line.size - line.sent) / line.speed : null;
  if (left === null || left < 2) return t("tray.state.sending", { sent: byteSize(line.sent), size });
  const count = left < 60 ? Math.ceil(left) : Math.ceil(left / 60);
  return t(left < 60 ? "tray.state.seconds" : "tray.state.minutes", { sent: byteSize(line.sent), size, count });
}
