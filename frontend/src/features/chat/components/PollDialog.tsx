import { ActionIcon, Button, Checkbox, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { askPoll } from "../api";
import { foldMessage } from "../live";
import css from "./Dialogs.module.css";

const HOURS = { never: 0, hour: 1, day: 24, week: 7 * 24 } as const;
type End = keyof typeof HOURS;

/** A question, two to ten answers, and the rules; said once more if the network was away, asked once. */
export function PollDialog({ channel, thread, onClose }: { channel: string; thread: string | null; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const [id] = useState(newId);
  const [question, setQuestion] = useState("");
  const [options, setOptions] = useState(["", ""]);
  const [multiple, setMultiple] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const [end, setEnd] = useState<End>("never");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const filled = options.map((one) => one.trim()).filter((one) => one !== "");
  const twice = new Set(filled.map((one) => one.toLocaleLowerCase())).size < filled.length;
  const ready = question.trim() !== "" && filled.length >= 2 && !twice;
  const change = (index: number, text: string): void => setOptions(options.with(index, text));
  const ask = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      const closes_at = end === "never" ? null : new Date(Date.now() + HOURS[end] * 3_600_000).toISOString();
      const body = { id, question: question.trim(), options: filled, multiple, anonymous, closes_at, thread_id: thread };
      foldMessage(cache, await askPoll(channel, body));
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("poll.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={css.form} onSubmit={(event) => void ask(event)}>
        <Textarea label={t("poll.question")} required autosize minRows={1} maxRows={4} maxLength={1000} value={question} onChange={(event) => setQuestion(event.currentTarget.value)} data-autofocus />
        {options.map((option, index) => (
          <TextInput
            key={index}
            label={t("poll.option", { number: index + 1 })}
            maxLength={200}
            value={option}
            onChange={(event) => change(index, event.currentTarget.value)}
            rightSection={
              options.length > 2 && (
                <ActionIcon size="sm" aria-label={t("poll.remove", { number: index + 1 })} onClick={() => setOptions(options.toSpliced(index, 1))}>
                  <IconTrash size={18} stroke={1.75} />
                </ActionIcon>
              )
            }
          />
        ))}
        {twice && <p className={css.note} role="status">{t("poll.twice")}</p>}
        {options.length < 10 && (
          <Button variant="subtle" leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => setOptions([...options, ""])}>
            {t("poll.add")}
          </Button>
        )}
        <Checkbox label={t("poll.multiple")} checked={multiple} onChange={(event) => setMultiple(event.currentTarget.checked)} />
        <Checkbox label={t("poll.anonymous")} description={t("poll.anonymous_help")} checked={anonymous} onChange={(event) => setAnonymous(event.currentTarget.checked)} />
        <Select
          label={t("poll.end")}
          data={(Object.keys(HOURS) as End[]).map((value) => ({ value, label: t(`poll.end_${value}`) }))}
          value={end}
          allowDeselect={false}
          onChange={(value) => value !== null && setEnd(value as End)}
        />
        <ProblemNote error={error} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {t("poll.ask")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
