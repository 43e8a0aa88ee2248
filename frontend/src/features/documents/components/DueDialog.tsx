import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { type Approval, changeApproval, heardApproval } from "../approvals";
import { DueFields } from "./DueFields";

/** Another day, other words. Somebody else's change in between is not written over. */
export function DueDialog({ approval: opened, onClose }: { approval: Approval; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [approval] = useState(opened); // as it was when the dialog opened
  const [due, setDue] = useState(approval.due);
  const [message, setMessage] = useState(approval.message);
  const submission = useSubmission<Approval>();
  const save = async (): Promise<void> => {
    const body = { ...(due !== approval.due && { due }), ...(message !== approval.message && { message }) };
    const saved = await submission.run(() => changeApproval(approval, body));
    if (!saved) return;
    heardApproval(cache, saved);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("approval.change_title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <Form onSubmit={save}>
        <DueFields first due={due} onDue={setDue} message={message} onMessage={setMessage} error={submission.error} />
        <ProblemNote error={submission.error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={submission.busy} disabled={due === ""}>
            {t("common:save")}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
