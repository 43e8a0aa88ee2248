import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLibrary } from "../../../shared/library/context";
import type { Attached } from "../../../shared/library/onTheirWay";
import { LinkCards } from "../../../shared/prose/LinkCards";
import { Prose } from "../../../shared/prose/Prose";
import { cx } from "../../../shared/ui/cx";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import type { Person } from "../api";
import { useStuck } from "../hooks/useOutbox";
import { refusesUrgency } from "../lib/outbox";
import waits from "./ComposerFiles.module.css";
import css from "./MessageRow.module.css";

/** On its way, or refused: in words, with what to do. */
export function WaitingRow({
  text,
  mentions,
  files = [],
  refused,
  grouped,
  person,
  retry,
  forget,
}: {
  text: string;
  mentions: { id: string; name: string }[];
  files?: readonly Attached[];
  refused: string | null;
  grouped: boolean;
  person: Person;
  retry: () => void;
  forget: () => void;
}): React.JSX.Element {
  const { t } = useTranslation("chat");
  const library = useLibrary();
  const stuck = useStuck();
  const carried = useMemo(() => files.flatMap(({ node }) => (node === null ? [] : [node])), [files]);
  return (
    <div className={cx(css.row, grouped && css.grouped, css.waiting)} data-waiting={refused === null ? "sending" : "refused"}>
      {grouped ? <span className={css.side} /> : <span className={css.face}><PersonAvatar person={person} size={36} /></span>}
      <div className={css.body}>
        {!grouped && (
          <div className={css.head}>
            <strong className={css.name}>{person.name}</strong>
          </div>
        )}
        <div className={css.pale}>
          {files.length > 0 && (
            <ul role="list" className={waits.files}>
              {files.map((file) => (
                <li key={file.id} className={waits.chip}>
                  <span className={waits.what}>
                    {file.node !== null && file.name === "" && library ? (
                      <library.Named id={file.node} />
                    ) : (
                      <>
                        <FileIcon name={file.name} mediaType={file.type} />
                        <span>{file.name}</span>
                      </>
                    )}
                  </span>
                  {file.node === null && refused === null && <span className={waits.state}>{t("attach.waiting")}</span>}
                </li>
              ))}
            </ul>
          )}
          <Prose text={text.length > 20_000 ? `${text.slice(0, 2000)}…` : text} mentions={mentions} />
          <LinkCards text={text} but={carried} />
        </div>
        {refused === null ? (
          <p className={css.state}>{t(stuck ? "sending.waiting" : "sending.going")}</p>
        ) : (
          <div className={css.failed} role="alert">
            <span>
              {t("sending.refused")} {t([`errors:${refused}`, "errors:unknown"])}
            </span>
            <Button size="sm" variant="default" onClick={retry}>
              {t(refusesUrgency(refused) ? "sending.calm" : "sending.retry")}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => void navigator.clipboard?.writeText(text)}>
              {t("sending.copy")}
            </Button>
            <Button size="sm" variant="subtle" onClick={forget}>
              {t("sending.forget")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
