import { Button, getDefaultZIndex, Modal } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../api/errors";
import { Store } from "../live/store";
import { ErrorNote } from "./ErrorNote";
import css from "./dialogs.module.css";

interface Question {
  title: string;
  /** The consequence, in one or two sentences. */
  consequence: string;
  /** The verb on the button: « Supprimer le dossier ». */
  verb: string;
  danger?: boolean;
  act: () => Promise<unknown> | void;
}

const asked = new Store<Question | null>(null);

/** Asks before a loss or an exposure, and only then. The act runs in the dialog, which stays when it fails. */
export function confirm(question: Question): void {
  asked.set(question);
}

export function ConfirmHost(): React.JSX.Element {
  const question = useSyncExternalStore(asked.subscribe, asked.get);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { t } = useTranslation("common");
  const close = (): void => {
    setFailure(null);
    asked.set(null);
  };
  const act = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await question?.act();
      close();
    } catch (error) {
      setFailure(sentenceFor(error, t));
    } finally {
      setBusy(false);
    }
  };
  // It may be asked over an open dialog: it lies above, and Escape is its own (this mark keeps it from the other).
  const alone = { "data-mantine-stop-propagation": "true" };
  return (
    <Modal
      opened={question !== null}
      onClose={close}
      title={question?.title}
      closeButtonProps={{ "aria-label": t("close"), ...alone }}
      zIndex={getDefaultZIndex("popover")}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <p className={css.text}>{question?.consequence}</p>
      {failure !== null && <ErrorNote>{failure}</ErrorNote>}
      <div className={css.buttons}>
        <Button variant="default" onClick={close} data-autofocus {...alone}>
          {t("cancel")}
        </Button>
        <Button color={question?.danger === false ? "plano" : "red"} loading={busy} onClick={() => void act()} {...alone}>
          {question?.verb}
        </Button>
      </div>
    </Modal>
  );
}
