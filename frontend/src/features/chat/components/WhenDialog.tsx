import { Button, Modal, Radio, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clock, dayKey, planned, timeZone } from "../../../shared/lib/dates";
import { useNow } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { instantOf, type Moment } from "../lib/later";
import css from "./Dialogs.module.css";

interface Props {
  title: string;
  verb: string;
  /** What is offered before a time of one's own. */
  moments: readonly Moment[];
  /** What is already set. */
  at?: string;
  /** Words to change on the way. */
  text?: string;
  act: (at: Date, text: string) => Promise<unknown>;
  /** Takes away what is set. */
  forget?: { label: string; act: () => Promise<unknown> };
  onClose: () => void;
}

/** When: one of the usual times, or a day and an hour of one's own, by the clocks of one's profile. */
export function WhenDialog({ title, verb, moments, at, text: written, act, forget, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const [choice, setChoice] = useState<string>(at === undefined ? (moments[0]?.key ?? "own") : "own");
  const [first] = useState(() => at ?? new Date(Date.now() + 3_600_000).toISOString());
  const [day, setDay] = useState(dayKey(first));
  const [time, setTime] = useState(clock(first));
  const now = useNow();
  const [text, setText] = useState(written ?? "");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const chosen = choice === "own" ? instantOf(day, time, timeZone()) : (moments.find((one) => one.key === choice)?.at ?? null);
  const past = chosen !== null && chosen.getTime() <= now;
  const wrong = chosen === null || past || (written !== undefined && text.trim() === "");
  const run = async (what: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await what();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (chosen !== null && !wrong && !busy) void run(() => act(chosen, text));
  };
  return (
    // keys typed here are not those of the message that it belongs to
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("common:close") }} onKeyDown={(event) => event.stopPropagation()}>
      <form className={css.form} onSubmit={submit} noValidate>
        {written !== undefined && (
          <Textarea label={t("later.text")} autosize minRows={2} maxRows={10} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
        )}
        {moments.length > 0 && (
          <Radio.Group label={t("later.when")} value={choice} onChange={setChoice}>
            <div className={css.form}>
              {moments.map((one) => (
                <Radio key={one.key} value={one.key} label={t(`later.${one.key}`)} description={planned(one.at)} />
              ))}
              <Radio value="own" label={t("later.own")} />
            </div>
          </Radio.Group>
        )}
        {choice === "own" && (
          <fieldset className={css.moment}>
            <legend className="visually-hidden">{t("later.own")}</legend>
            <TextInput type="date" label={t("later.day")} required min={dayKey(now)} value={day} onChange={(event) => setDay(event.currentTarget.value)} error={past ? t("errors:time_is_past") : undefined} />
            <TextInput type="time" label={t("later.hour")} required value={time} onChange={(event) => setTime(event.currentTarget.value)} />
          </fieldset>
        )}
        <p className={css.meta}>{t("later.zone", { zone: timeZone().replaceAll("_", " ") })}</p>
        <ProblemNote error={error} />
        <div className={css.buttons}>
          {forget && (
            <Button className={css.aside ?? ""} variant="subtle" disabled={busy} onClick={() => void run(forget.act)}>
              {forget.label}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={wrong}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
