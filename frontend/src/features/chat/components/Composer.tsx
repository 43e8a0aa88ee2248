import { Checkbox } from "@mantine/core";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MentionField, type Mentionable as Named } from "../../../shared/prose/MentionField";
import { toast } from "../../../shared/ui/toast";
import type { Person } from "../api";
import { MOST_FILES, useAttached } from "../hooks/useAttached";
import { useComposed } from "../hooks/useComposed";
import { useDraft } from "../hooks/useDraft";
import { useDropped } from "../hooks/useDropped";
import { useLater } from "../hooks/useLater";
import type { How } from "../hooks/useOutbox";
import { usePasting } from "../hooks/usePasting";
import { sends, useWishes } from "../hooks/useWishes";
import css from "./Composer.module.css";
import { ComposerFiles } from "./ComposerFiles";
import { ComposerNotice } from "./ComposerNotice";
import { ComposerPasted } from "./ComposerPasted";
import { ComposerSend } from "./ComposerSend";
import { ComposerTools } from "./ComposerTools";
import { ComposerWaiting } from "./ComposerWaiting";
import type { OffActs } from "./OffNotice";

export type Mentionable = Person & Named;

interface Props {
  channel: string;
  workspace: string;
  /** A conversation of few, and not a thread in it: what is urgent is for all of them. */
  direct?: boolean;
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

/** Entrée sends and Maj Entrée goes to the next line, or Ctrl Entrée sends where one prefers it; what is begun is kept. */
export function Composer({ channel, workspace, direct = false, thread, placeholder, people, send, editLast, readAll, letIn, mayAlso, focusFirst }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const draft = useDraft(channel, thread);
  const hintId = useId();
  const written = useRef(draft);
  useEffect(() => {
    written.current = draft;
  });
  const [also, setAlso] = useState(false);
  const [unseen, setUnseen] = useState<ReadonlyMap<string, number>>(new Map());
  const attaching = useAttached(channel, draft.files, draft.setFiles, unseen, setUnseen);
  const { zone, dropping, paste } = useDropped(attaching.add);
  const composed = useComposed(draft.text, people, also, draft.files);
  const cleared = (): void => {
    setAlso(false);
    draft.clear();
  };
  const go = (urgent = false): void => {
    if (attaching.stuck) return toast(t("attach.stuck"));
    composed.hand((text, mentions, calm) => {
      const how: How = { ...calm, ...(urgent && { urgent }) };
      if (Object.keys(how).length > 0) send(text, mentions, how);
      else send(text, mentions);
      cleared();
    });
  };
  const later = useLater(channel, thread, composed, cleared, (text, files) => {
    // before what was begun meanwhile: neither is lost
    const { text: now } = written.current;
    draft.setText(now.trim() === "" ? text : `${text}\n\n${now}`);
    draft.setFiles((held) => [...files, ...held.filter(({ id }) => !files.some((file) => file.id === id))].slice(0, MOST_FILES));
  });
  const acts: OffActs = {
    workspace,
    mayUrge: composed.named.groups === 0 && (direct || composed.named.people > 0),
    later: (at) => void later(at).catch(() => undefined),
    urge: () => go(true),
  };
  const { onPaste, offer } = usePasting(draft.text, draft.setText);
  const { send_key } = useWishes();
  const onKey = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (sends(event, send_key)) {
      event.preventDefault();
      go();
    } else if (event.key === "ArrowUp" && draft.text === "") {
      event.preventDefault();
      editLast();
    } else if (event.key === "Escape" && readAll) readAll();
  };
  return (
    // pasted and dropped files; each has its button too
    <div ref={zone} className={css.composer} onPaste={paste}>
      <ComposerNotice channel={channel} writing={draft.text.trim() !== ""} outside={composed.outside} letIn={letIn} acts={acts} />
      <ComposerWaiting channel={channel} thread={thread} />
      {offer && <ComposerPasted offer={offer} />}
      {dropping && <p className={css.drop}>{t("attach.drop")}</p>}
      <ComposerFiles attaching={attaching} />
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
        onPaste={onPaste}
      >
        <ComposerTools channel={channel} thread={thread} attaching={attaching} />
        <ComposerSend hintId={hintId} hint={thread === null ? t(send_key === "enter" ? "composer.hint" : "composer.hint_ctrl") : ""} composed={composed} go={() => go()} later={later} />
      </MentionField>
      {mayAlso && <Checkbox className={css.also} size="sm" label={t("thread.also")} checked={also} onChange={(event) => setAlso(event.currentTarget.checked)} />}
    </div>
  );
}
