import { ActionIcon, Checkbox, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import type { Task } from "../api";
import type { TaskActions } from "../hooks/useTaskActions";
import css from "./TaskPanel.module.css";

/** Each tick is its own change: two people who tick two items both win. Pasted lines make as many items. */
export function Checklist({ task, actions }: { task: Task; actions: TaskActions }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const [text, setText] = useState("");
  const items = task.checklist;
  const done = items.filter((item) => item.done).length;

  const add = (lines: string): void => {
    const made = lines.split("\n").map((line) => line.replace(/^\s*[-*•]\s*/, "").trim()).filter(Boolean);
    if (made.length === 0) return;
    const fresh = made.map((line) => ({ id: newId(), text: line.slice(0, 250), done: false }));
    setText("");
    void actions.change(
      task,
      { checklist: fresh.map((item) => ({ ...item, removed: false })) },
      { checklist: [...items, ...fresh] },
    );
  };
  const tick = (id: string, isDone: boolean): void =>
    void actions.change(
      task,
      { checklist: [{ id, done: isDone, removed: false }] },
      { checklist: items.map((item) => (item.id === id ? { ...item, done: isDone } : item)) },
    );
  const remove = (id: string): void =>
    void actions.change(
      task,
      { checklist: [{ id, removed: true }] },
      { checklist: items.filter((item) => item.id !== id) },
    );

  return (
    <section aria-label={t("checklist.title")}>
      <h3 className={css.heading}>
        {t("checklist.title")} {items.length > 0 && t("checklist.count", { done, total: items.length })}
      </h3>
      <ul className={css.items}>
        {items.map((item) => (
          <li key={item.id} className={css.item}>
            <Checkbox
              label={<span className={item.done ? css.ticked : undefined}>{item.text}</span>}
              checked={item.done}
              onChange={(event) => tick(item.id, event.currentTarget.checked)}
            />
            <ActionIcon size="sm" aria-label={t("checklist.remove", { text: item.text })} onClick={() => remove(item.id)}>
              <IconX size={16} stroke={1.75} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <TextInput
        aria-label={t("checklist.add")}
        placeholder={t("checklist.add")}
        maxLength={250}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          if (!pasted.trim().includes("\n")) return;
          event.preventDefault();
          add(text + pasted);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add(text);
        }}
      />
    </section>
  );
}
