import { ActionIcon, Button, Progress, TextInput } from "@mantine/core";
import { IconRefresh, IconUpload } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { byteSize } from "../../../shared/lib/bytes";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { Deposits, type DepositLine } from "../lib/deposits";
import css from "./Shared.module.css";

/** A drop-box: a name, files, and how far each has come. Nothing of what lies there is seen. */
export function SharedDrop({ token, maxSize }: { token: string; maxSize: number }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const [over, setOver] = useState(false);
  const [lines, setLines] = useState<readonly DepositLine[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [deposits] = useState(() => new Deposits(token, setLines));
  useEffect(() => deposits.warnBeforeLeaving(), [deposits]);
  const done = lines.filter((line) => line.state === "done").length;
  useEffect(() => {
    if (done > 0) announce(t("drop.arrived", { count: done }));
  }, [done, t]);
  const missing = asked && name.trim() === "";
  const named = (): boolean => {
    if (name.trim() !== "") return true;
    setAsked(true);
    field.current?.focus();
    return false;
  };
  const take = (files: readonly File[]): void => {
    if (files.length > 0 && named()) deposits.add(files, name.trim(), maxSize);
  };
  return (
    <div className={css.form}>
      <TextInput
        ref={field}
        size="lg"
        label={t("drop.name")}
        description={t("drop.name_hint")}
        autoComplete="name"
        maxLength={120}
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={missing ? t("errors:depositor_missing") : undefined}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="deposit"
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {/* dropping is a short cut of the button inside */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={css.zone}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take([...event.dataTransfer.files]);
        }}
      >
        <Button size="lg" leftSection={<IconUpload size={18} stroke={1.75} />} onClick={() => named() && input.current?.click()}>
          {t("drop.choose")}
        </Button>
        <span>{t("drop.or")}</span>
        <span className={css.meta}>{t("drop.limit", { size: byteSize(maxSize) })}</span>
      </div>
      {lines.length > 0 && (
        <ul role="list" className={css.list} aria-label={t("drop.list")}>
          {lines.map((line) => (
            <Line key={line.id} line={line} onRetry={() => deposits.retry(line.id)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ line, onRetry }: { line: DepositLine; onRetry: () => void }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const percent = line.size === 0 ? 100 : Math.floor((line.sent / line.size) * 100);
  return (
    <li className={css.line} data-state={line.state}>
      <FileIcon name={line.name} labelled />
      <span className={css.name}>{line.name}</span>
      {line.state === "cut" ? (
        <ActionIcon aria-label={t("drop.retry", { name: line.name })} onClick={onRetry}>
          <IconRefresh size={18} stroke={1.75} />
        </ActionIcon>
      ) : (
        <span className={css.meta}>{byteSize(line.size)}</span>
      )}
      <span className={css.state}>
        {line.state === "sending" && <Progress value={percent} size="sm" aria-label={t("drop.progress", { name: line.name })} />}
        <span>
          {line.state === "sending"
            ? `${percent} %`
            : line.state === "refused"
              ? t([`errors:${line.code}`, "errors:unknown"])
              : t(`drop.state.${line.state}`)}
        </span>
      </span>
    </li>
  );
}
