import { Button, Checkbox, MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { fieldError } from "../../../shared/api/errors";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { membersQuery, type Attendee } from "../api";
import { endsBeforeItBegins, isComplete, withStart, type FormValues } from "../lib/form";
import { zoneOptions } from "../lib/zones";
import { hours, longDay } from "../lib/words";
import { instantOf, wallOf } from "../lib/wall";
import { ColorChoice } from "./ColorChoice";
import css from "./EventForm.module.css";
import { RepeatFields } from "./RepeatFields";

interface Props {
  workspaceId: string;
  values: FormValues;
  onChange: (values: FormValues) => void;
  /** One occurrence has its words and its time; the rest is the series'. */
  only: "occurrence" | null;
  /** Who is invited already, also when they have left the workspace since. */
  invited: Attendee[];
  viewerZone: string;
  verb: string;
  error: unknown;
  busy: boolean;
  note?: React.ReactNode;
  onSave: () => void;
  onCancel: () => void;
}

/** The form of an event, in the panel: the grid beside it shows the time that it says. */
export function EventForm(props: Props): React.JSX.Element {
  const { workspaceId, values, onChange, only, invited, viewerZone, verb, error, busy, note, onSave, onCancel } = props;
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  const [tried, setTried] = useState(false);
  const id = useId();
  const members = useQuery(membersQuery(workspaceId));
  const set = (change: Partial<FormValues>): void => onChange({ ...values, ...change });
  const noTitle = tried && values.title.trim() === "" ? t("form.title_missing") : null;
  const order = endsBeforeItBegins(values) ? t("errors:ends_before_it_begins") : null;
  const incomplete = tried && !isComplete(values) ? t("form.time_missing") : null;

  function handleSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (values.title.trim() === "" || !isComplete(values) || endsBeforeItBegins(values)) return;
    onSave();
  }

  const people = [
    ...(members.data?.items ?? []).filter((member) => member.role !== "guest").map((member) => member.person),
    ...invited.map((attendee) => attendee.person),
  ];
  const invitable = [...new Map(people.map((person) => [person.id, { value: person.id, label: person.name }])).values()];

  return (
    <form className={css.form} onSubmit={handleSubmit} noValidate aria-label={verb}>
      <ProblemNote error={error} />
      {note}
      <TextInput
        label={t("form.title")}
        required
        maxLength={200}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={noTitle ?? fieldError(error, "title", t)}
        data-autofocus
        autoFocus
      />
      <Checkbox
        label={t("form.all_day")}
        checked={values.allDay}
        disabled={only === "occurrence"}
        onChange={(event) => set({ allDay: event.currentTarget.checked })}
      />
      <fieldset className={css.times} data-all-day={values.allDay || undefined}>
        <legend className="visually-hidden">{t("form.when")}</legend>
        <TextInput
          type="date"
          label={t("form.start_date")}
          required
          value={values.startDate}
          onChange={(event) => onChange(withStart(values, { startDate: event.currentTarget.value }))}
          error={fieldError(error, "start", t)}
        />
        {!values.allDay && (
          <TextInput
            type="time"
            label={t("form.start_time")}
            required
            value={values.startTime}
            onChange={(event) => onChange(withStart(values, { startTime: event.currentTarget.value }))}
          />
        )}
        <TextInput
          type="date"
          label={values.allDay ? t("form.last_day") : t("form.end_date")}
          required
          min={values.startDate}
          value={values.endDate}
          onChange={(event) => set({ endDate: event.currentTarget.value })}
          aria-describedby={order ? `${id}-order` : undefined}
          aria-invalid={order !== null || undefined}
        />
        {!values.allDay && (
          <TextInput
            type="time"
            label={t("form.end_time")}
            required
            value={values.endTime}
            onChange={(event) => set({ endTime: event.currentTarget.value })}
            aria-describedby={order ? `${id}-order` : undefined}
            aria-invalid={order !== null || undefined}
          />
        )}
      </fieldset>
      {(order ?? incomplete ?? fieldError(error, "end", t)) && (
        <p id={`${id}-order`} className={css.error} role="alert">
          {order ?? incomplete ?? fieldError(error, "end", t)}
        </p>
      )}
      {!values.allDay && (
        <Select
          label={t("form.zone")}
          data={zoneOptions(locale, viewerZone, values.zone, t("form.all_zones"))}
          value={values.zone}
          onChange={(zone) => zone && set({ zone })}
          searchable
          onClick={(event) => event.currentTarget instanceof HTMLInputElement && event.currentTarget.select()}
          limit={60}
          nothingFoundMessage={t("form.no_zone")}
          description={values.zone === viewerZone || !isComplete(values) ? undefined : t("form.for_you", { when: mine() })}
          error={fieldError(error, "time_zone", t)}
        />
      )}
      {only === null && (
        <RepeatFields
          repeat={values.repeat}
          otherRule={values.otherRule}
          start={values.startDate}
          onChange={(repeat, otherRule) => set({ repeat, otherRule })}
          error={fieldError(error, "rrule", t)}
        />
      )}
      {only === null && (
        <MultiSelect
          label={t("form.participants")}
          data={invitable}
          value={values.attendees}
          onChange={(attendees) => set({ attendees })}
          searchable
          hidePickedOptions
          maxValues={90}
          placeholder={values.attendees.length === 0 ? t("form.whole_team") : ""}
          nothingFoundMessage={t("form.nobody")}
          error={fieldError(error, "attendees", t)}
        />
      )}
      <TextInput
        label={t("form.location")}
        maxLength={200}
        value={values.location}
        onChange={(event) => set({ location: event.currentTarget.value })}
      />
      <Textarea
        label={t("form.description")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={values.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      {only === null && <ColorChoice value={values.color} onChange={(color) => set({ color })} />}
      <div className={css.buttons}>
        <Button variant="default" onClick={onCancel}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" loading={busy}>
          {verb}
        </Button>
      </div>
    </form>
  );

  function mine(): string {
    const start = instantOf(`${values.startDate}T${values.startTime}`, values.zone).toISOString();
    const end = instantOf(`${values.endDate}T${values.endTime}`, values.zone).toISOString();
    const line = { all_day: false, start, end };
    return `${longDay(locale, wallOf(start, viewerZone))}, ${hours(line, viewerZone, locale)}`;
  }
}
