import { IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../../shared/i18n";
import { accepted, type Suggestion, suggestions } from "../lib/asking";
import css from "./SearchPanel.module.css";

interface Props {
  value: string;
  setValue: (text: string) => void;
  people: readonly string[];
  channels: readonly string[];
  label: string;
  /** ↓ when no suggestion is open: on to what was found. */
  onDown: () => void;
  onEscape: () => void;
}

/** Words and operators; what may follow is offered below, and taken with the arrows and Entrée or Tabulation. */
export function SearchField({ value, setValue, people, channels, label, onDown, onEscape }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const offered = isOpen ? suggestions(value, { language: currentLanguage(), people, channels }) : [];
  // the region of the panel is hidden until it is known to be open
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  const take = (one: Suggestion): void => {
    setValue(accepted(value, one));
    setChosen(-1);
    setOpen(one.open);
    field.current?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = offered[chosen];
    if (step !== undefined && offered.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + offered.length + (chosen < 0 && step < 0 ? 1 : 0)) % offered.length);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      onDown();
    } else if ((event.key === "Enter" || event.key === "Tab") && one) {
      event.preventDefault();
      take(one);
    } else if (event.key === "Enter") {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (offered.length > 0) setOpen(false);
      else onEscape();
    }
  };
  return (
    <div className={css.field}>
      <IconSearch size={18} stroke={1.75} aria-hidden="true" />
      <input
        ref={field}
        type="text"
        role="combobox"
        enterKeyHint="search"
        autoComplete="off"
        aria-label={label}
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={offered[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={t("search.placeholder")}
        maxLength={200}
        value={value}
        onChange={(event) => {
          setValue(event.currentTarget.value);
          setOpen(true);
          setChosen(-1);
        }}
        onKeyDown={onKeyDown}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      {value !== "" && (
        <button type="button" className={css.clear} aria-label={t("search.clear")} onClick={() => [setValue(""), field.current?.focus()]}>
          <IconX size={16} stroke={1.75} aria-hidden="true" />
        </button>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={t("search.suggestions")} className={css.offered} hidden={offered.length === 0}>
        {offered.map((one, index) => (
          // the keys are heard by the field, as a combobox wants it
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={one.text}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(one)}
            onPointerMove={() => setChosen(index)}
          >
            {one.label}
            {one.operator && <span>{t(`search.operator.${one.operator}`)}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
