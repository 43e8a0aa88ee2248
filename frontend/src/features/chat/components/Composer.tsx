import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconAt, IconSend2 } from "@tabler/icons-react";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import type { Person } from "../api";
import { useDraft } from "../hooks/useDraft";
import { type Asked, asked, matching, named, namedIn } from "../lib/mentions";
import css from "./Composer.module.css";

export interface Mentionable extends Person {
  guest: boolean;
  /** Reads this channel; somebody who does not is offered with a warning. */
  inside: boolean;
}

interface Props {
  channel: string;
  thread: string | null;
  placeholder: string;
  people: readonly Mentionable[];
  send: (text: string, mentions: { id: string; name: string }[]) => void;
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
export function Composer({ channel, thread, placeholder, people, send, editLast, readAll, letIn, focusFirst }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const draft = useDraft(channel, thread);
  const field = useRef<HTMLTextAreaElement>(null);
  const [name, setName] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState(0);
  const caret = useRef<number | null>(null);
  const listId = useId();
  const hintId = useId();
  const offered = name ? matching(people, name.text) : [];
  const open = offered.length > 0;
  const over = draft.text.length - MOST;
  const empty = draft.text.trim() === "";
  const outside = namedIn(draft.text, people).filter((person) => !person.inside);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
    if (caret.current !== null) {
      element.setSelectionRange(caret.current, caret.current);
      caret.current = null;
    }
  }, [draft.text]);
  useEffect(() => {
    if (focusFirst) field.current?.focus();
  }, [focusFirst]);

  const look = (element: HTMLTextAreaElement): void => {
    const next = element.selectionStart === element.selectionEnd ? asked(element.value, element.selectionStart) : null;
    setName(next);
    setChosen(0);
  };
  const choose = (person: Mentionable): void => {
    if (!name) return;
    const next = named(draft.text, name, person.name);
    caret.current = next.caret;
    draft.setText(next.value);
    setName(null);
    field.current?.focus();
  };
  const go = (): void => {
    if (empty || over > 0) return;
    const text = draft.text.trimEnd();
    send(text, namedIn(text, people).filter((person) => person.inside).map(({ id, name: called }) => ({ id, name: called })));
    draft.clear();
    setName(null);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return; // an input method is at work
    const person = offered[chosen];
    if (open && person && ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "ArrowDown") setChosen((chosen + 1) % offered.length);
      else if (event.key === "ArrowUp") setChosen((chosen - 1 + offered.length) % offered.length);
      else if (event.key === "Escape") setName(null);
      else choose(person);
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go();
    } else if (event.key === "ArrowUp" && draft.text === "") {
      event.preventDefault();
      editLast();
    } else if (event.key === "Escape" && readAll) readAll();
  };
  const ask = (): void => {
    const element = field.current;
    if (!element) return;
    const at = element.selectionStart;
    const space = at > 0 && !/\s/.test(draft.text[at - 1] ?? "") ? " " : "";
    caret.current = at + space.length + 1;
    draft.setText(`${draft.text.slice(0, at)}${space}@${draft.text.slice(at)}`);
    setName({ start: at + space.length, text: "" });
    setChosen(0);
    element.focus();
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
      <div className={cx(css.box, over > 0 && css.over)}>
        {open && (
          <div className={css.offers} id={listId} role="listbox" aria-label={t("mention.list")}>
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
                {!person.inside && <span className={css.offerNote}>{t("mention.not_inside")}</span>}
              </div>
            ))}
          </div>
        )}
        <textarea
          ref={field}
          className={css.field}
          rows={1}
          value={draft.text}
          disabled={!draft.ready}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-describedby={hintId}
          aria-autocomplete="list"
          aria-controls={open ? listId : undefined}
          aria-activedescendant={open ? `${listId}-${chosen}` : undefined}
          aria-haspopup="listbox"
          onChange={(event) => {
            draft.setText(event.currentTarget.value);
            look(event.currentTarget);
          }}
          onClick={(event) => look(event.currentTarget)}
          onBlur={() => setName(null)}
          onKeyDown={onKeyDown}
        />
        <div className={css.tools}>
          <Tooltip label={t("mention.ask")}>
            <ActionIcon size="sm" aria-label={t("mention.ask")} onClick={ask} disabled={!draft.ready}>
              <IconAt size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <span className={css.hint} id={hintId}>
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
        </div>
      </div>
    </div>
  );
}
