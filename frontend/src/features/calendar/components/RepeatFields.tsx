import { NumberInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { FREQUENCIES, ruleDays, weekdayNames, type Frequency, type Repeat } from "../lib/rule";
import { addMonths } from "../lib/wall";
import css from "./EventForm.module.css";

interface Props {
  repeat: Repeat | null;
  /** A rule that cannot be shown here: kept unless another is chosen. */
  otherRule: string;
  start: string;
  onChange: (repeat: Repeat | null, otherRule: string) => void;
  error: string | undefined;
}

/** How an event comes back: every day, week, month or year, and until when. */
export function RepeatFields({ repeat, otherRule, start, onChange, error }: Props): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  const choices = [
    { value: "none", label: t("repeat.none") },
    ...FREQUENCIES.map((frequency) => ({ value: frequency, label: t(`repeat.${frequency}`) })),
    ...(otherRule !== "" ? [{ value: "other", label: t("repeat.other") }] : []),
  ];
  const set = (change: Partial<Repeat>): void => {
    if (repeat) onChange({ ...repeat, ...change }, "");
  };

  function choose(value: string | null): void {
    if (value === "other" || value === null) return;
    if (value === "none") {
      onChange(null, "");
      return;
    }
    const frequency = value as Frequency; // one of `choices`
    onChange({ frequency, interval: 1, days: [], end: repeat?.end ?? { kind: "never" } }, "");
  }

  return (
    <div className={css.repeat}>
      <Select
        label={t("form.repeat")}
        data={choices}
        value={repeat?.frequency ?? (otherRule !== "" ? "other" : "none")}
        onChange={choose}
        error={error}
      />
      {repeat && (
        <div className={css.every}>
          <NumberInput
            label={t("repeat.every")}
            min={1}
            max={99}
            allowDecimal={false}
            value={repeat.interval}
            onChange={(interval) => set({ interval: Math.max(1, Number(interval) || 1) })}
          />
          <span className={css.unit}>{t(`repeat.unit.${repeat.frequency}`, { count: repeat.interval })}</span>
        </div>
      )}
      {repeat?.frequency === "weekly" && (
        <Days days={ruleDays(repeat, start)} language={locale} label={t("repeat.on")} onChange={(days) => set({ days })} />
      )}
      {repeat && <End repeat={repeat} start={start} onChange={(end) => set({ end })} />}
    </div>
  );
}

function Days({ days, language, label, onChange }: { days: number[]; language: string; label: string; onChange: (days: number[]) => void }): React.JSX.Element {
  const long = weekdayNames(language, "long");
  return (
    <fieldset className={css.days}>
      <legend className={css.legend}>{label}</legend>
      {long.map((name, day) => (
        <label key={name} className={css.day} title={name}>
          <input
            type="checkbox"
            checked={days.includes(day)}
            aria-label={name}
            onChange={(event) => {
              const next = event.currentTarget.checked ? [...days, day] : days.filter((held) => held !== day);
              if (next.length > 0) onChange(next);
            }}
          />
          <span aria-hidden="true">{name.charAt(0).toLocaleUpperCase(language)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function End({ repeat, start, onChange }: { repeat: Repeat; start: string; onChange: (end: Repeat["end"]) => void }): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const { end } = repeat;
  return (
    <>
      <Select
        label={t("repeat.end")}
        data={[
          { value: "never", label: t("repeat.never") },
          { value: "until", label: t("repeat.until") },
          { value: "count", label: t("repeat.count") },
        ]}
        value={end.kind}
        onChange={(kind) => {
          if (kind === "until") onChange({ kind, date: addMonths(start, 3) });
          else if (kind === "count") onChange({ kind, count: 10 });
          else onChange({ kind: "never" });
        }}
      />
      {end.kind === "until" && (
        <TextInput
          type="date"
          label={t("repeat.until_date")}
          min={start}
          value={end.date}
          onChange={(event) => event.currentTarget.value !== "" && onChange({ kind: "until", date: event.currentTarget.value })}
        />
      )}
      {end.kind === "count" && (
        <NumberInput
          label={t("repeat.times")}
          min={1}
          max={500}
          allowDecimal={false}
          value={end.count}
          onChange={(count) => onChange({ kind: "count", count: Math.max(1, Number(count) || 1) })}
        />
      )}
    </>
  );
}
