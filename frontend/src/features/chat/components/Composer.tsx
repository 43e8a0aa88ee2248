import { ActionIcon, Button, Checkbox, Tooltip } from "@mantine/core";
import { IconChartBar, IconSend2 } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { MentionField, type Mentionable as Named } from "../../../shared/prose/MentionField";
import { namedIn } from "../../../shared/prose/mentions";
import { confirm } from "../../../shared/ui/confirm";
import { cx } from "../../../shared/ui/cx";
import type { Person } from "../api";
import { useDraft } from "../hooks/useDraft";
import type { How } from "../hooks/useOutbox";
import { ASKED_ABOVE, groupsOf, isGroup } from "../lib/groups";
import css from "./Composer.module.css";
import { PollDialog } from "./PollDialog";

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

const MOST = 20_000;
const WARN_FROM = 18_000;

/** Entrée sends, Maj Entrée goes to the next line; what is begun is kept. */
export function Composer({ channel, thread, placeholder, people, send, editLast, readAll, letIn, mayAlso, focusFirst }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const draft = useDraft(channel, thread);
  const hintId = useId();
  const [asking, setAsking] = useState(false);
  const [also, setAlso] = useState(false);
  const over = draft.text.length - MOST;
  const empty = draft.text.trim() === "";
  const outside = namedIn(draft.text, people).filter((person) => !person.inside);
  const leave = (text: string, mentions: { id: string; name: string }[], how: How): void => {
    if (Object.keys(how).length > 0) send(text, mentions, how);
    else send(text, mentions);
    setAlso(false);
    draft.clear();
  };
  const go = (): void => {
    if (empty || over > 0) return;
    const text = draft.text.trimEnd();
    const named = namedIn(text, people).filter((person) => person.inside);
    const mentions = named.filter((one) => !isGroup(one.id)).map(({ id, name }) => ({ id, name }));
    const groups = groupsOf(named);
    const how: How = { ...(also && { inChannel: true }), ...(groups.length > 0 && { groups }) };
    const count = people.filter((one) => one.inside && !isGroup(one.id)).length;
    if (!groups.includes("all") || count <= ASKED_ABOVE) return leave(text, mentions, how);
    confirm({
      title: t("mention.all_title", { count }),
      consequence: t("mention.all_consequence"),
      verb: t("mention.all_verb", { count }),
      danger: false,
      act: async () => leave(text, mentions, { ...how, confirmed: true }),
    });
  };
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
      {outside.length > 0 && (
        <div className={css.warning} role="status">
          <span>{t("mention.outside", { count: outside.length, name: outside.map((person) => person.name).join(", ") })}</span>
          {letIn && outside[0] && (
            <Button size="sm" variant="default" onClick={() => outside.forEach(letIn)}>
              {t("mention.let_in")}
            </Button>
          )}
        </div>
      )}
      <MentionField
        value={draft.text}
        setValue={draft.setText}
        people={people}
        outsideNote={t("mention.not_inside")}
        placeholder={placeholder}
        describedBy={hintId}
        disabled={!draft.ready}
        over={over > 0}
        focusFirst={focusFirst ?? false}
        onKey={onKey}
      >
        <Tooltip label={t("poll.title")}>
          <ActionIcon size="sm" aria-label={t("poll.title")} onClick={() => setAsking(true)}>
            <IconChartBar size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
        <span className={cx(css.hint, over > 0 && css.hintOver)} id={hintId}>
          {over > 0
            ? t("limit.over", { count: over })
            : draft.text.length > WARN_FROM
              ? t("limit.left", { count: -over })
              : thread === null
                ? t("composer.hint")
                : ""}
        </span>
        <ActionIcon className={css.send} variant="filled" color="plano" aria-label={t("composer.send")} disabled={empty || over > 0} onClick={go}>
          <IconSend2 size={18} stroke={1.75} />
        </ActionIcon>
      </MentionField>
      {asking && <PollDialog channel={channel} thread={thread} onClose={() => setAsking(false)} />}
      {mayAlso && <Checkbox className={css.also} size="sm" label={t("thread.also")} checked={also} onChange={(event) => setAlso(event.currentTarget.checked)} />}
    </div>
  );
}
