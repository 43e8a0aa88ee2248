import { Button, Modal, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { toast } from "../../../shared/ui/toast";
import { type Answer, type Approval, giveAnswer, heardApproval } from "../approvals";

interface Props {
  approval: Approval;
  what: Answer;
  onClose: () => void;
}

/** What an answer attests, in words, before it is given. A refusal needs its reason. */
export function AnswerDialog({ approval, what, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [comment, setComment] = useState("");
  const submission = useSubmission<Approval>();
  const { number, name } = approval;
  const refusal = what === "refused";
  const send = async (): Promise<void> => {
    const saved = await submission.run(() => giveAnswer(approval, what, comment));
    if (!saved) return;
    heardApproval(cache, saved);
    toast(t(`approval.given.${what}`, { number }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t(`approval.dialog.${what}`, { number, name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <Form onSubmit={send}>
        <p className={dialogs.text}>{t(`approval.attest.${what}`, { number })}</p>
        <Textarea
          {...(what !== "read" && { "data-autofocus": true })}
          label={t(refusal ? "approval.reason" : "approval.comment")}
          required={refusal}
          withAsterisk={false}
          maxLength={1000}
          autosize
          minRows={3}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          error={fieldError(submission.error, "comment", t)}
        />
        <ProblemNote error={submission.error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={submission.busy} disabled={refusal && comment.trim() === ""}>
            {t(`approval.send.${what}`)}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
