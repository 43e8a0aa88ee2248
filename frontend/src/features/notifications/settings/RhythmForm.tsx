import { Button, Checkbox, Chip, MultiSelect, NativeSelect, Switch, TagsInput, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { fullDate, longDay } from "../../../shared/lib/dates";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { keys, peopleQuery, type Rhythm, rhythmQuery, setRhythm, urgentQuery } from "../api";
import css from "./Settings.module.css";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const TERRITORIES = [
  "metropole", "alsace_moselle", "guadeloupe", "martinique", "guyane", "reunion", "mayotte", "saint_pierre_et_miquelon",
  "saint_barthelemy", "saint_martin", "polynesie", "nouvelle_caledonie", "wallis_et_futuna",
] as const satisfies readonly Rhythm["territory"][];
const MOST = 20;

/** When I may be disturbed: hours, holidays, absence, and who passes all the same. */
export function RhythmSections(): React.JSX.Element {
  const { data, error } = useQuery(rhythmQuery);
  if (!data) return error ? <ProblemNote error={error} /> : <RowsSkeleton rows={5} />;
  return <RhythmForm key={data.version} rhythm={data} />;
}

function RhythmForm({ rhythm }: { rhythm: Rhythm }): React.JSX.Element {
  const { t } = useTranslation("wishes");
  const cache = useQueryClient();
  const [form, setForm] = useState(rhythm);
  const submission = useSubmission<Rhythm>();
  const set = (fields: Partial<Rhythm>): void => setForm({ ...form, ...fields });
  const save = async (): Promise<void> => {
    const { disconnects, days, begins, ends, territory, quiet_from, quiet_to, absent_from, absent_to, absence, words, tells_senders } = form;
    const body = { disconnects, days, begins, ends, territory, quiet_from, quiet_to, absent_from, absent_to, absence, words, tells_senders };
    const saved = await submission.run(() => setRhythm({ ...body, people: form.people.map((one) => one.id) }));
    if (!saved) return;
    cache.setQueryData(keys.rhythm, saved);
    toast(t("saved"));
  };
  const quiet = form.quiet_from !== null || form.quiet_to !== null;
  const wrong = (name: string): string | null => fieldError(submission.error, name, t) ?? null;
  return (
    <Form onSubmit={save} label={t("rhythm.title")}>
      <Section title={t("rhythm.title")}>
        <p className={css.text}>{t("rhythm.lead")}</p>
        <Switch label={t("rhythm.disconnects")} checked={form.disconnects} onChange={(event) => set({ disconnects: event.currentTarget.checked })} />
        <fieldset className={css.days}>
          <legend>{t("rhythm.days")}</legend>
          {DAYS.map((day) => (
            <Chip key={day} checked={form.days.includes(day)} onChange={(on) => set({ days: on ? [...form.days, day].sort() : form.days.filter((one) => one !== day) })}>
              {t(`day.${day}`)}
            </Chip>
          ))}
        </fieldset>
        {form.days.length === 0 && <p className={css.note}>{t("rhythm.one_day")}</p>}
        <div className={css.pair}>
          <TextInput type="time" label={t("rhythm.begins")} value={form.begins} error={wrong("begins")} onChange={(event) => set({ begins: event.currentTarget.value })} />
          <TextInput type="time" label={t("rhythm.ends")} value={form.ends} error={wrong("ends")} onChange={(event) => set({ ends: event.currentTarget.value })} />
        </div>
        <NativeSelect
          className={css.field}
          label={t("rhythm.territory")}
          value={form.territory}
          onChange={(event) => set({ territory: event.currentTarget.value as Rhythm["territory"] })}
          data={TERRITORIES.map((value) => ({ value, label: t(`territory.${value}`) }))}
        />
        {rhythm.holidays.length > 0 && (
          <p className={css.hint}>{t("rhythm.holidays", { list: rhythm.holidays.slice(0, 3).map((one) => `${one.name} (${longDay(one.day)})`).join(", ") })}</p>
        )}
        <Checkbox
          className={css.switch}
          label={t("rhythm.quiet")}
          checked={quiet}
          onChange={(event) => set(event.currentTarget.checked ? { quiet_from: "12:30", quiet_to: "13:30" } : { quiet_from: null, quiet_to: null })}
        />
        {quiet && (
          <div className={css.pair}>
            <TextInput type="time" label={t("rhythm.quiet_from")} value={form.quiet_from ?? ""} error={wrong("quiet_from")} onChange={(event) => set({ quiet_from: event.currentTarget.value || null })} />
            <TextInput type="time" label={t("rhythm.quiet_to")} value={form.quiet_to ?? ""} error={wrong("quiet_to")} onChange={(event) => set({ quiet_to: event.currentTarget.value || null })} />
          </div>
        )}
        <Checkbox
          className={css.switch}
          label={t("rhythm.tells")}
          description={t("rhythm.tells_hint")}
          checked={form.tells_senders}
          onChange={(event) => set({ tells_senders: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t("absence.title")}>
        <p className={css.text}>{t("absence.lead")}</p>
        <div className={css.pair}>
          <TextInput type="date" label={t("absence.from")} value={form.absent_from ?? ""} error={wrong("absent_from")} onChange={(event) => set({ absent_from: event.currentTarget.value || null })} />
          <TextInput type="date" label={t("absence.to")} value={form.absent_to ?? ""} error={wrong("absent_to")} onChange={(event) => set({ absent_to: event.currentTarget.value || null })} />
        </div>
        <TextInput
          className={css.field}
          label={t("absence.words")}
          placeholder={t("absence.example")}
          maxLength={200}
          value={form.absence}
          error={wrong("absence")}
          onChange={(event) => set({ absence: event.currentTarget.value })}
        />
        {(form.absent_from !== null || form.absent_to !== null) && (
          <Button variant="subtle" onClick={() => set({ absent_from: null, absent_to: null, absence: "" })}>
            {t("absence.end")}
          </Button>
        )}
      </Section>
      <Section title={t("passes.title")}>
        <p className={css.text}>{t("passes.lead")}</p>
        <PeopleField people={form.people} change={(people) => set({ people })} />
        <TagsInput className={css.field} label={t("passes.words")} description={t("passes.words_hint")} maxTags={MOST} value={form.words} onChange={(words) => set({ words })} />
        <Urgents />
      </Section>
      <ProblemNote error={submission.error} />
      <FormActions>
        <Button type="submit" loading={submission.busy} disabled={form.days.length === 0}>
          {t("rhythm.save")}
        </Button>
        {rhythm.next_moment !== null && !rhythm.rings_now && <span className={css.hint}>{t("rhythm.silent_until", { date: fullDate(rhythm.next_moment) })}</span>}
      </FormActions>
    </Form>
  );
}

function PeopleField({ people, change }: { people: Rhythm["people"]; change: (people: Rhythm["people"]) => void }): React.JSX.Element {
  const { t } = useTranslation("wishes");
  const [q, setQ] = useState("");
  const { data } = useQuery(peopleQuery(q));
  const known = new Map([...people, ...(data?.items ?? [])].map((one) => [one.id, one]));
  return (
    <MultiSelect
      className={css.field}
      label={t("passes.people")}
      placeholder={people.length === 0 ? t("passes.people_hint") : ""}
      searchable
      searchValue={q}
      onSearchChange={setQ}
      maxValues={MOST}
      nothingFoundMessage={q.trim().length > 1 ? t("passes.nobody") : t("passes.people_hint")}
      value={people.map((one) => one.id)}
      data={[...known.values()].map((one) => ({ value: one.id, label: one.name }))}
      onChange={(ids) => change(ids.flatMap((id) => known.get(id) ?? []))}
    />
  );
}

/** How often I disturbed others out of hours, and who disturbed me: both see it. */
function Urgents(): React.JSX.Element | null {
  const { t } = useTranslation("wishes");
  const { data } = useQuery(urgentQuery);
  if (!data || (data.sent_this_month === 0 && data.received.length === 0)) return null;
  return (
    <p className={css.hint}>
      {t("urgent.sent", { count: data.sent_this_month })}{" "}
      {data.received.length > 0 && t("urgent.received", { list: data.received.map((one) => `${one.person.name} (${one.count})`).join(", ") })}
    </p>
  );
}
