import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import { isProblem } from "../../../shared/api/problem";
import { namedIn } from "../../../shared/prose/mentions";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { editMessage, type Message, type Person } from "../api";
import { sends, useWishes } from "../hooks/useWishes";
import { foldMessage } from "../live";
import css from "./Composer.module.css";

/** What is being written in the place of messages: a long list draws only those on screen, and forgets the others. */
const begun = new Map<string, { text: string; base: Message }>();

/** In the place of the message: the key that sends saves, Échap gives up. A lost race shows what the other tab wrote. */
export function EditBox({ message, people, onClose }: { message: Message; people: ReadonlyMap<string, Person>; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const { send_key } = useWishes();
  const [kept] = useState(() => begun.get(message.id));
  const [text, setText] = useState(kept?.text ?? message.text);
  const [base, setBase] = useState(kept?.base ?? message);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (kept) return; // scrolled back to: the focus may be elsewhere by now
    opener.current = document.activeElement;
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it opens
  }, []);
  useEffect(() => void begun.set(message.id, { text, base }), [message.id, text, base]);
  const close = (): void => {
    begun.delete(message.id);
    const within = box.current?.contains(document.activeElement) === true;
    const row = box.current?.closest<HTMLElement>("[data-message]");
    onClose();
    if (!within) return;
    // back to the field where ↑ was pressed, else to the message
    const to = opener.current instanceof HTMLTextAreaElement && opener.current.isConnected ? opener.current : row;
    requestAnimationFrame(() => to?.focus());
  };
  const save = async (): Promise<void> => {
    if (text.trim() === "" || busy) return;
    if (text === message.text) return close();
    setBusy(true);
    setError(null);
    try {
      foldMessage(cache, await editMessage(base, text, namedIn(text, [...people.values()]).map((one) => one.id)));
      close();
    } catch (failure) {
      const current = isProblem(failure) && failure.status === 412 ? (failure.errors["current"] as Message | undefined) : undefined;
      if (current) {
        foldMessage(cache, current);
        setBase(current);
      }
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div ref={box} className={css.edit}>
      <Textarea
        ref={field}
        aria-label={t("edit.label")}
        autosize
        minRows={1}
        maxRows={16}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return; // an input method is at work
          if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            close();
          } else if (sends(event, send_key)) {
            event.preventDefault();
            void save();
          }
        }}
      />
      <ProblemNote error={error} />
      <div className={css.editButtons}>
        <Button size="sm" onClick={() => void save()} loading={busy} disabled={text.trim() === ""}>
          {t("common:save")}
        </Button>
        <Button size="sm" variant="default" onClick={close}>
          {t("common:cancel")}
        </Button>
      </div>
    </div>
  );
}
