import { Button, Modal } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Store } from "../../../shared/live/store";
import css from "./Question.module.css";

interface Conflict {
  title: string;
  /** When it is now, by somebody else. */
  theirs: string;
  /** When I wanted it. */
  mine: string;
}

interface Question extends Conflict {
  resolve: (mine: boolean) => void;
}

const asked = new Store<Question | null>(null);

/** Two people moved one event: both times are shown. True: mine after all. */
export function askConflict(conflict: Conflict): Promise<boolean> {
  return new Promise((resolve) => asked.set({ ...conflict, resolve }));
}

export function ConflictDialogHost(): React.JSX.Element {
  const question = useSyncExternalStore(asked.subscribe, asked.get);
  const { t } = useTranslation("calendar");
  const choose = (mine: boolean): void => {
    asked.set(null);
    question?.resolve(mine);
  };
  return (
    <Modal
      opened={question !== null}
      onClose={() => choose(false)}
      title={t("conflict.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={css.text}>{t("conflict.explained", { title: question?.title ?? "" })}</p>
      <dl className={css.versions}>
        <dt>{t("conflict.theirs")}</dt>
        <dd>{question?.theirs}</dd>
        <dt>{t("conflict.mine")}</dt>
        <dd>{question?.mine}</dd>
      </dl>
      <div className={css.buttons}>
        <Button variant="default" onClick={() => choose(false)} data-autofocus>
          {t("conflict.keep_theirs")}
        </Button>
        <Button onClick={() => choose(true)}>{t("conflict.keep_mine")}</Button>
      </div>
    </Modal>
  );
}
