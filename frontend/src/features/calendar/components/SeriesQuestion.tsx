import { Button, Modal } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Store } from "../../../shared/live/store";
import css from "./Question.module.css";

export type Scope = "one" | "all";
type Act = "move" | "edit" | "remove";

interface Question {
  act: Act;
  resolve: (scope: Scope | null) => void;
}

const asked = new Store<Question | null>(null);

/** « Cet événement » or « toute la série »? Null: neither. */
export function askScope(act: Act): Promise<Scope | null> {
  return new Promise((resolve) => asked.set({ act, resolve }));
}

export function SeriesQuestionHost(): React.JSX.Element {
  const question = useSyncExternalStore(asked.subscribe, asked.get);
  const { t } = useTranslation("calendar");
  const choose = (scope: Scope | null): void => {
    asked.set(null);
    question?.resolve(scope);
  };
  return (
    <Modal
      opened={question !== null}
      onClose={() => choose(null)}
      title={question ? t(`series.${question.act}`) : ""}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={css.text}>{t("series.explained")}</p>
      <div className={css.buttons}>
        <Button variant="default" onClick={() => choose(null)}>
          {t("common:cancel")}
        </Button>
        <Button variant="default" onClick={() => choose("all")}>
          {t("series.all")}
        </Button>
        <Button onClick={() => choose("one")} data-autofocus>
          {t("series.one")}
        </Button>
      </div>
    </Modal>
  );
}
