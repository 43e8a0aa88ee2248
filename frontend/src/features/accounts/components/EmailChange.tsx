import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { ProofDeclined, withProof } from "../../../shared/session/proof";
import { useMe } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { toast } from "../../../shared/ui/toast";
import { askEmailChange } from "../api";

/** The address changes when the link sent to the new one is used. */
export function EmailChange(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const me = useMe();
  const [opened, setOpened] = useState(false);
  const [email, setEmail] = useState("");
  const submission = useSubmission();
  const ask = async (): Promise<void> => {
    const sent = await submission.run(async () => {
      await withProof(() => askEmailChange(email.trim()));
      return true;
    });
    if (!sent) return;
    setOpened(false);
    toast(t("email.sent", { email: email.trim() }));
  };
  return (
    <>
      <TextInput
        label={t("profile.email")}
        value={me.email ?? ""}
        readOnly
        placeholder={t("email.none")}
        rightSectionWidth="auto"
        rightSection={
          <Button variant="subtle" size="sm" onClick={() => setOpened(true)}>
            {t("email.change")}
          </Button>
        }
      />
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("email.change_title")} closeButtonProps={{ "aria-label": t("common:close") }}>
        <Form onSubmit={ask}>
          <TextInput
            label={t("email.new")}
            description={t("email.why")}
            type="email"
            autoComplete="email"
            data-autofocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={fieldError(submission.error, "email", t)}
          />
          {!(submission.error instanceof ProofDeclined) && <ProblemNote error={submission.error} />}
          <FormActions end>
            <Button variant="default" onClick={() => setOpened(false)}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={submission.busy} disabled={!email.includes("@")}>
              {t("email.send")}
            </Button>
          </FormActions>
        </Form>
      </Modal>
    </>
  );
}
