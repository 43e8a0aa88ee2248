import { Button, Modal, MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { dayKey } from "../../../shared/lib/dates";
import { newId } from "../../../shared/lib/ids";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { changeDecision, channelsQuery, type Decision, membersQuery, noteDecision } from "../api";
import { byTitle, titleOf } from "../lib/title";
import { foldDecision } from "../live";
import css from "./Dialogs.module.css";

interface Props {
  /** Of a message, to be noted in its channel; or one that is corrected; or a new one, in a channel that is chosen. */
  from?: { channelId: string; messageId: string; text: string };
  known?: Decision;
  onClose: () => void;
  onMade: (decision: Decision) => void;
}

/** What was decided, when, by whom, and who will read it. */
export function DecisionDialog({ from, known, onClose, onMade }: Props): React.JSX.Element {
  const { t } = useTranslation("decisions");
  const me = useMe();
  const cache = useQueryClient();
  const workspace = useWorkspace();
  const { data: channels } = useQuery(channelsQuery(workspace.id));
  const open = (channels?.items ?? []).filter((one) => one.mine.abilities.post).sort(byTitle(me.id));
  const [id] = useState(newId);
  const [chosen, setChosen] = useState<string | null>(known?.channel_id ?? from?.channelId ?? null);
  const [text, setText] = useState(known?.text ?? from?.text.slice(0, MOST) ?? "");
  const [today] = useState(() => dayKey(Date.now()));
  const [day, setDay] = useState(known?.decided_on ?? today);
  const [people, setPeople] = useState<string[]>(known?.decided_by.map((one) => one.id) ?? []);
  const [base, setBase] = useState(known);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { data: members } = useQuery({ ...membersQuery(chosen ?? ""), enabled: chosen !== null });
  const place = channels?.items.find((one) => one.id === chosen);
  const named = new Map([...(members?.items ?? []).map((one) => one.person), ...(known?.decided_by ?? [])].map((one) => [one.id, one.name]));
  const ready = text.trim() !== "" && day !== "" && chosen !== null;
  const save = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    const words = { text: text.trim(), decided_on: day, decided_by: people };
    try {
      const origin = from ? { kind: "chat.message", id: from.messageId } : null;
      const decision = base ? await changeDecision(base.id, base.version, words) : await noteDecision(chosen, { id, ...words, origin });
      foldDecision(cache, decision);
      onMade(decision);
    } catch (failure) {
      // what the other wrote is shown, and the next press writes over it knowingly
      if (isProblem(failure, "changed_meanwhile")) setBase(failure.errors["current"] as Decision); // the edge: the server's own DecisionOut
      setError(failure);
      setBusy(false);
    }
  };
  const other = known && base && base.version !== known.version ? base : null;
  return (
    <Modal opened onClose={onClose} title={t(known ? "dialog.edit" : "dialog.new")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={css.form} onSubmit={(event) => void save(event)}>
        {!from && !known && (
          <Select
            label={t("dialog.channel")}
            required
            searchable
            data={open.map((one) => ({ value: one.id, label: titleOf(one, me.id) }))}
            value={chosen}
            onChange={(value) => [setChosen(value), setPeople([])]}
            nothingFoundMessage={t("dialog.no_channel")}
          />
        )}
        <Textarea
          label={t("dialog.text")}
          description={t("dialog.text_hint")}
          required
          autosize
          minRows={3}
          maxRows={12}
          maxLength={MOST}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={fieldError(error, "text", t)}
          data-autofocus
        />
        <TextInput
          type="date"
          label={t("dialog.day")}
          required
          max={today}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          error={fieldError(error, "decided_on", t)}
        />
        <MultiSelect
          label={t("dialog.people")}
          placeholder={people.length === 0 ? t("dialog.people_hint") : ""}
          searchable
          hidePickedOptions
          maxValues={50}
          nothingFoundMessage={t("dialog.nobody")}
          data={[...named].map(([value, label]) => ({ value, label }))}
          value={people}
          onChange={setPeople}
          error={fieldError(error, "decided_by", t)}
        />
        {place && <p className={css.note}>{t(place.open ? "dialog.seen_open" : "dialog.seen_narrow", { name: titleOf(place, me.id) })}</p>}
        <ProblemNote error={error} />
        {other && (
          <blockquote className={css.note}>
            {t("dialog.theirs", { text: other.text })}
          </blockquote>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {t(known ? "dialog.save" : "dialog.note")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const MOST = 5000;
