import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./QuickAdd.module.css";

interface Props {
  column: string;
  onAdd: (title: string) => Promise<boolean>;
  onClose: () => void;
}

/** A title and Enter: the task is there, and the field is ready for the next. Pasted lines make as many tasks. */
export function QuickAdd({ column, onAdd, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<void> => {
    const titles = text.split("\n").map((line) => line.trim()).filter(Boolean);
    if (titles.length === 0 || busy) return;
    setBusy(true);
    const left = [...titles];
    while (left[0] !== undefined && (await onAdd(left[0]))) left.shift();
    setText(left.join("\n"));
    setBusy(false);
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Textarea
        data-autofocus
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        aria-label={t("add.label", { column })}
        placeholder={t("add.placeholder")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void add();
          } else if (event.key === "Escape") onClose();
        }}
      />
      <div className={css.buttons}>
        <Button type="submit" size="sm" loading={busy} disabled={text.trim() === ""}>
          {t("add.submit")}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t("common:close")}
        </Button>
      </div>
    </form>
  );
}
