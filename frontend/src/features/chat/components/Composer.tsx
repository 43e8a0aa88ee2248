import { Checkbox } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { MentionField, type Mentionable as Named } from "../../../shared/prose/MentionField";
import type { Person } from "../api";
import { useComposed } from "../hooks/useComposed";
import { useDraft } from "../hooks/useDraft";
import type { How } from "../hooks/useOutbox";
import css from "./Composer.module.css";
import { ComposerNotice } from "./ComposerNotice";
import { ComposerSend } from "./ComposerSend";
import { ComposerTools } from "./ComposerTools";

export type Mentionable = Person & Named;

interface Props {
  channel: string;
  thread: string | null;
  placeholder: string;
  people: readonly Mentionable[];
  send: (text: string, mentions: { id: string; name: string }[], how?: How) => void;
  /** In a thread: offers to show the answer in the channel too. */
  mayAlso?: boolean;
  /** ↑ in an empty field. */
  editLast: () => void;
  /** Échap in an empty field. */
  readAll?: () => void;
  /** Lets somebody in, when one may. */
  letIn: ((person: Mentionable) => void) | null;
  focusFirst?: boolean;
}

/** Entrée sends, Maj Entrée goes to the next line; what is begun is kept. */
export function Composer({ channel, thread, placeholder, people, send, editLast, readAll, letIn, mayAlso, focusFirst }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const draft = useDraft(channel, thread);
  const hintId = useId();
  const [also, setAlso] = useState(false);
  const composed = useComposed(draft.text, people, also);
  const cleared = (): void => {
    setAlso(false);
    draft.clear();
  };
  const go = (): void =>
    composed.hand((text, mentions, how) => {
      if (Object.keys(how).length > 0) send(text, mentions, how);
      else send(text, mentions);
      cleared();
    });
  const onKey = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go();
    } else if (event.key === "ArrowUp" && draft.text === "") {
      event.preventDefault();
      editLast();
    } else if (event.key === "Escape" && readAll) readAll();
  };
  return (
    <div className={css.composer}>
      <ComposerNotice channel={channel} outside={composed.outside} letIn={letIn} />
      {/* SLOT ComposerFiles: what is attached, above the field. */}
      <MentionField
        value={draft.text}
        setValue={draft.setText}
        people={people}
        outsideNote={t("mention.not_inside")}
        placeholder={placeholder}
        describedBy={hintId}
        disabled={!draft.ready}
        over={composed.over > 0}
        focusFirst={focusFirst ?? false}
        onKey={onKey}
      >
        <ComposerTools channel={channel} thread={thread} />
        <ComposerSend hintId={hintId} hint={thread === null ? t("composer.hint") : ""} composed={composed} go={go} />
      </MentionField>
      {mayAlso && <Checkbox className={css.also} size="sm" label={t("thread.also")} checked={also} onChange={(event) => setAlso(event.currentTarget.checked)} />}
    </div>
  );
}
