import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconPaperclip, IconRefresh, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { byteSize } from "../../../shared/lib/bytes";
import { useLibrary } from "../../../shared/library/context";
import type { Attached, Progress } from "../../../shared/library/onTheirWay";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { toast } from "../../../shared/ui/toast";
import { type Attaching, MOST_FILES } from "../hooks/useAttached";
import css from "./ComposerFiles.module.css";

/** What will go with the message, above the field: how far it is, again, and off. */
export function ComposerFiles({ attaching }: { attaching: Attaching }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const { files, progress, unseen } = attaching;
  if (files.length === 0) return null;
  return (
    <>
      <ul role="list" className={css.files} aria-label={t("attach.list")}>
        {files.map((file) => (
          <Chip key={file.id} file={file} progress={progress.get(file.id)} attaching={attaching} />
        ))}
      </ul>
      {files.map((file) => {
        const count = file.node === null ? undefined : unseen.get(file.node);
        return count === undefined ? null : <Unseen key={file.id} file={file} count={count} attaching={attaching} />;
      })}
    </>
  );
}

function Chip({ file, progress, attaching }: { file: Attached; progress: Progress | undefined; attaching: Attaching }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const library = useLibrary();
  const failed = progress !== undefined && (progress.state === "refused" || progress.state === "lost" || progress.state === "cut");
  return (
    <li className={css.chip} data-state={file.node === null ? (progress?.state ?? "waiting") : "there"}>
      <span className={css.what}>
        {file.node !== null && library ? (
          <library.Named id={file.node} />
        ) : (
          <>
            <FileIcon name={file.name} mediaType={file.type} />
            <span title={file.name}>{file.name}</span>
            <small>{byteSize(file.size)}</small>
          </>
        )}
      </span>
      {file.node === null && <State file={file} progress={progress} />}
      {failed && progress.state !== "lost" && (
        <ActionIcon size="sm" aria-label={t("attach.retry", { name: file.name })} onClick={() => attaching.retry(file)}>
          <IconRefresh size={16} stroke={1.75} />
        </ActionIcon>
      )}
      <ActionIcon size="sm" aria-label={file.name === "" ? t("attach.remove_one") : t("attach.remove", { name: file.name })} onClick={() => attaching.remove(file)}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </li>
  );
}

function State({ file, progress }: { file: Attached; progress: Progress | undefined }): React.JSX.Element {
  const { t } = useTranslation(["chat", "errors"]);
  if (progress?.state === "refused") return <span className={css.failed} role="alert">{t([`errors:${progress.code ?? "unknown"}`, "errors:unknown"])}</span>;
  if (progress?.state === "lost") return <span className={css.failed} role="alert">{t("attach.lost")}</span>;
  if (progress?.state === "cut") return <span className={css.state}>{t("attach.cut")}</span>;
  if (progress?.state === "sending") {
    const part = progress.size > 0 ? progress.sent / progress.size : 0;
    return <progress className={css.bar} max={1} value={part} aria-label={t("attach.progress", { name: file.name })} />;
  }
  return <span className={css.state}>{t("attach.waiting")}</span>;
}

/** A document where not everybody here may read it: said before it goes. */
function Unseen({ file, count, attaching }: { file: Attached; count: number; attaching: Attaching }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const library = useLibrary();
  const [busy, setBusy] = useState(false);
  const copy = (): void => {
    setBusy(true);
    void attaching.copy(file).catch((error: unknown) => [setBusy(false), toast(sentenceFor(error, t))]);
  };
  return (
    <div className={css.unseen} role="status">
      <span className={css.unseenWords}>
        <span className={css.unseenName}>{library && file.node !== null && <library.Named id={file.node} />}</span>
        {t("attach.unseen", { count })}
      </span>
      <Button size="compact-sm" variant="default" loading={busy} onClick={copy}>
        {t("attach.copy")}
      </Button>
    </div>
  );
}

/** The paperclip: from this computer, or from the library. */
export function AttachButton({ attaching }: { attaching: Attaching }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const library = useLibrary();
  const input = useRef<HTMLInputElement>(null);
  const [picking, setPicking] = useState(false);
  const { add, files } = attaching;
  if (library === null || add === null) return null;
  return (
    <>
      <Menu position="top-start" withinPortal>
        <Menu.Target>
          <Tooltip label={t("attach.title")}>
            <ActionIcon size="sm" aria-label={t("attach.title")} disabled={files.length >= MOST_FILES}>
              <IconPaperclip size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => input.current?.click()}>{t("attach.computer")}</Menu.Item>
          <Menu.Item onClick={() => setPicking(true)}>{t("attach.library")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("attach.computer")}
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {picking && (
        <library.Picker
          most={MOST_FILES - files.length}
          onClose={() => setPicking(false)}
          onChosen={(ids) => {
            setPicking(false);
            void attaching.pick(ids);
          }}
        />
      )}
    </>
  );
}
