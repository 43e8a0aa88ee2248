import { Button, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { askReset } from "../api";
import css from "./Entrance.module.css";

/** Asks for a link; the answer never says whether the account exists. */
export default function ForgottenPage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const [identifier, setIdentifier] = useState("");
  const [sent, setSent] = useState(false);
  const submission = useSubmission();
  const ask = async (): Promise<void> => {
    if (identifier.trim() === "") return;
    const done = await submission.run(async () => {
      await askReset(identifier.trim());
      return true;
    });
    setSent(done === true);
  };
  return (
    <Entrance title={t("forgotten.title")} lead={sent ? "" : t("forgotten.lead")}>
      {sent ? (
        <p className={css.text} role="status">
          {t("forgotten.sent")}
        </p>
      ) : (
        <Form onSubmit={ask}>
          <TextInput
            size="lg"
            label={t("sign_in.identifier")}
            autoComplete="username"
            autoFocus
            value={identifier}
            onChange={(event) => setIdentifier(event.currentTarget.value)}
          />
          <ProblemNote error={submission.error} />
          <Button type="submit" size="lg" fullWidth loading={submission.busy} disabled={identifier.trim() === ""}>
            {t("forgotten.ask")}
          </Button>
        </Form>
      )}
      <Link to="/connexion" className={css.link}>
        {t("back_to_sign_in")}
      </Link>
    </Entrance>
  );
}
