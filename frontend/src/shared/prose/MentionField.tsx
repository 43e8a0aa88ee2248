import { ActionIcon, Tooltip } from "@mantine/core";
import { IconAt } from "@tabler/icons-react";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../ui/cx";
import { PersonAvatar, type FacePerson } from "../ui/PersonAvatar";
import { GuestTag } from "../ui/Tags";
import css from "./MentionField.module.css";
import { type Asked, asked, matching, named } from "./mentions";

/** Somebody who can be named. `inside`: they will read it; whoever will not is offered with a warning. */
export type Mentionable = FacePerson & { id: string; guest: boolean; inside: boolean };

interface Props {
  value: string;
  setValue: (value: string) => void;
  people: readonly Mentionable[];
  /** Said beside whoever will not read it. */
  outsideNote: string;
  placeholder: string;
  /** A name for screen readers; the placeholder when absent. */
  label?: string;
  describedBy?: string;
  disabled?: boolean;
  /** The text is too long. */
  over?: boolean;
  focusFirst?: boolean;
  /** The list of names opens downwards. */
  below?: boolean;
  /** Keys that the list of names does not take; never while an input method is at work. */
  onKey: (event: React.KeyboardEvent<HTMLTextAreaElement>) => void;
  /** What is pasted; an answer takes the place of the whole text. */
  onPaste?: (event: React.ClipboardEvent<HTMLTextAreaElement>) => { value: string; caret: number } | null;
  /** What stands beside « @ » below the text. */
  children: React.ReactNode;
}

/** A text that grows, in which people are named with @, the arrows and Entrée. */
export function MentionField(props: Props): React.JSX.Element {
  const { value, setValue, people, outsideNote, placeholder, label, describedBy, disabled, over, focusFirst, below, onKey, onPaste, children } = props;
  const { t } = useTranslation("common");
  const field = useRef<HTMLTextAreaElement>(null);
  const [name, setName] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState(0);
  const caret = useRef<number | null>(null);
  const listId = useId();
  const offered = name ? matching(people, name.text) : [];
  const open = offered.length > 0;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
    if (caret.current !== null) {
      element.setSelectionRange(caret.current, caret.current);
      caret.current = null;
    }
  }, [value]);
  useEffect(() => {
    if (!focusFirst) return;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [focusFirst]);

  const look = (element: HTMLTextAreaElement): void => {
    const next = element.selectionStart === element.selectionEnd ? asked(element.value, element.selectionStart) : null;
    setName(next);
    setChosen(0);
  };
  const choose = (person: Mentionable): void => {
    if (!name) return;
    const next = named(value, name, person.name);
    caret.current = next.caret;
    setValue(next.value);
    setName(null);
    field.current?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return; // an input method is at work
    const person = offered[chosen];
    const taken = ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key) && !event.ctrlKey && !event.metaKey;
    if (open && person && taken) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "ArrowDown") setChosen((chosen + 1) % offered.length);
      else if (event.key === "ArrowUp") setChosen((chosen - 1 + offered.length) % offered.length);
      else if (event.key === "Escape") setName(null);
      else choose(person);
      return;
    }
    onKey(event);
  };
  const ask = (): void => {
    const element = field.current;
    if (!element) return;
    const at = element.selectionStart;
    const space = at > 0 && !/\s/.test(value[at - 1] ?? "") ? " " : "";
    caret.current = at + space.length + 1;
    setValue(`${value.slice(0, at)}${space}@${value.slice(at)}`);
    setName({ start: at + space.length, text: "" });
    setChosen(0);
    element.focus();
  };
  return (
    <div className={cx(css.box, over && css.over)}>
      {open && (
        <div className={cx(css.offers, below && css.below)} id={listId} role="listbox" aria-label={t("mention.list")}>
          {offered.map((person, index) => (
            // chosen with the arrows from the field
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={person.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={css.offer}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <PersonAvatar person={person} size={28} />
              <span className={css.offerName}>{person.name}</span>
              {person.guest && <GuestTag />}
              {!person.inside && <span className={css.offerNote}>{outsideNote}</span>}
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        className={css.field}
        rows={1}
        value={value}
        disabled={disabled}
        placeholder={placeholder}
        aria-label={label ?? placeholder}
        aria-describedby={describedBy}
        aria-autocomplete="list"
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${chosen}` : undefined}
        aria-haspopup="listbox"
        onChange={(event) => {
          setValue(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setName(null)}
        onPaste={(event) => {
          const next = onPaste?.(event);
          if (!next) return;
          caret.current = next.caret;
          setValue(next.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.tools}>
        <Tooltip label={t("mention.ask")}>
          <ActionIcon size="sm" aria-label={t("mention.ask")} onClick={ask} disabled={disabled ?? false}>
            <IconAt size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
        {children}
      </div>
    </div>
  );
}
