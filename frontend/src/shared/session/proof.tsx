import { Button, Modal } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { answer, http } from "../api/client";
import { isProblem } from "../api/problem";
import { Store } from "../live/store";
import { ProblemNote } from "../ui/ErrorNote";
import { Form, FormActions, PasswordField, useSubmission } from "../ui/Form";

interface Asked {
  done: (proved: boolean) => void;
}

const asked = new Store<Asked | null>(null);

/** Gave up giving the password: nothing was done. */
export class ProofDeclined extends Error {}

/** Runs an act; if the server wants the password again, asks for it, then runs the act once more. */
export async function withProof<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isProblem(error, "recent_proof_required")) throw error;
    const proved = await new Promise<boolean>((done) => asked.set({ done }));
    if (!proved) throw new ProofDeclined();
    return act();
  }
}

export function ProofHost(): React.JSX.Element {
  const question = useSyncExternalStore(asked.subscribe, asked.get);
  const { t } = useTranslation("common");
  const [password, setPassword] = useState("");
  const submission = useSubmission();
  const finish = (proved: boolean): void => {
    setPassword("");
    submission.clear();
    asked.set(null);
    question?.done(proved);
  };
  const prove = async (): Promise<void> => {
    const proved = await submission.run(async () => {
      await answer(http.POST("/api/v1/session/proof", { body: { password } }));
      return true;
    });
    if (proved) finish(true);
  };
  return (
    <Modal opened={question !== null} onClose={() => finish(false)} title={t("proof.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <Form onSubmit={prove}>
        <p>{t("proof.why")}</p>
        <PasswordField
          label={t("proof.password")}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ProblemNote error={submission.error} />
        <FormActions end>
          <Button variant="default" onClick={() => finish(false)}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={submission.busy} disabled={password === ""}>
            {t("proof.go_on")}
          </Button>
        </FormActions>
      </Form>
    </Modal>
  );
}
