import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { useQueryClient } from "@tanstack/react-query";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, PasswordField, useSubmission } from "../../../shared/ui/Form";
import { Section } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { changePassword, keys } from "../api";
import css from "../pages/Settings.module.css";
import { NewPassword } from "./NewPassword";

export function PasswordChange(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const cache = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [keep, setKeep] = useState(true);
  const submission = useSubmission();
  const change = async (): Promise<void> => {
    const done = await submission.run(async () => {
      await changePassword({ current, new: next, keep_application_passwords: keep });
      return true;
    });
    if (!done) return;
    setOpened(false);
    setCurrent("");
    setNext("");
    toast(t("password.changed"));
    await cache.invalidateQueries({ queryKey: keys.sessions });
    await cache.invalidateQueries({ queryKey: keys.applicationPasswords });
  };
  return (
    <Section title={t("sign_in.password")}>
      <p className={css.text}>{t("password.others_end")}</p>
      {!opened && (
        <Button variant="default" onClick={() => setOpened(true)}>
          {t("password.change")}
        </Button>
      )}
      {opened && (
        <div className={css.fields}>
          <Form onSubmit={change}>
            <PasswordField
              size="lg"
              label={t("password.current")}
              autoComplete="current-password"
              autoFocus
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              error={isProblem(submission.error, "wrong_password") ? t("errors:wrong_password") : fieldError(submission.error, "current", t)}
            />
            <NewPassword value={next} onChange={setNext} error={submission.error} field="new" />
            <Checkbox label={t("password.keep_applications")} checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
            <ProblemNote error={submission.error} />
            <FormActions>
              <Button type="submit" loading={submission.busy} disabled={current === "" || next === ""}>
                {t("password.change")}
              </Button>
              <Button variant="default" onClick={() => setOpened(false)}>
                {t("common:cancel")}
              </Button>
            </FormActions>
          </Form>
        </div>
      )}
    </Section>
  );
}
