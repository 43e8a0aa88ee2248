import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Prose } from "../../../shared/prose/Prose";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { type Message, revisionsQuery } from "../api";
import css from "./Dialogs.module.css";

/** What the message said before its edits, the latest first. */
export function Revisions({ message, onClose }: { message: Message; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const { data, error, isPending } = useQuery(revisionsQuery(message.id, message.version));
  return (
    <Modal opened onClose={onClose} title={t("history.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <ProblemNote error={error} />
      {isPending && <RowsSkeleton rows={2} />}
      <ol role="list" className={css.versions}>
        {data?.items.map((one) => (
          <li key={one.version}>
            <p className={css.meta}>
              {t("history.until")} <DateTime at={one.replaced_at} />
            </p>
            <Prose text={one.text} mentions={message.mentions} />
          </li>
        ))}
      </ol>
    </Modal>
  );
}
