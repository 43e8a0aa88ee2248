import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { openResetLink } from "../api";
import { NewPassword } from "../components/NewPassword";
import css from "./Entrance.module.css";

/** The link of the mail: a new password, then sign in. */
export default function ResetPage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const { token } = useParams({ from: "/reinitialiser/$token" });
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const submission = useSubmission();
  const change = async (): Promise<void> => {
    const changed = await submission.run(async () => {
      await openResetLink(token, password);
      return true;
    });
    setDone(changed === true);
  };
  return (
    <Entrance title={t("reset.title")}>
      {done ? (
        <>
          <p className={css.text} role="status">
            {t("reset.done")}
          </p>
          <ButtonLink to="/connexion" size="lg" fullWidth>
            {t("sign_in.enter")}
          </ButtonLink>
        </>
      ) : (
        <Form onSubmit={change}>
          <NewPassword value={password} onChange={setPassword} error={submission.error} />
          <ProblemNote error={submission.error} />
          <Button type="submit" size="lg" fullWidth loading={submission.busy} disabled={password === ""}>
            {t("password.change")}
          </Button>
        </Form>
      )}
    </Entrance>
  );
}
