import { Button, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { upsertInto } from "../../../shared/live/cache";
import { newId } from "../../../shared/lib/ids";
import { useWorkspace } from "../../../shared/session/session";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions } from "../../../shared/ui/Form";
import { toast } from "../../../shared/ui/toast";
import { invite, keys, type RoleName } from "../api";
import { addressesIn } from "../lib/addresses";
import { RoleSelect } from "./RoleSelect";

/** One or many addresses, pasted as they come; those that fail stay in the field with the reason. */
export function InviteByMail({ onClose }: { onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const [text, setText] = useState("");
  const [role, setRole] = useState<RoleName>("member");
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState<{ email: string; why: string }[]>([]);
  const { valid, invalid } = addressesIn(text);

  const send = async (): Promise<void> => {
    setBusy(true);
    const failed: { email: string; why: string }[] = [];
    for (const email of valid) {
      try {
        upsertInto(cache, keys.invitations(workspace.id), await invite(workspace.id, { id: newId(), email, role }));
      } catch (error) {
        failed.push({ email, why: sentenceFor(error, t) });
      }
    }
    setBusy(false);
    setFailures(failed);
    setText(failed.map(({ email }) => email).join("\n"));
    const sent = valid.length - failed.length;
    if (sent > 0) toast(t("invite.sent", { count: sent }));
    if (failed.length === 0) onClose();
  };
  return (
    <Form onSubmit={send}>
      <Textarea
        label={t("invite.addresses")}
        description={t("invite.addresses_why")}
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        inputMode="email"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={invalid.length > 0 && text.endsWith("\n") ? t("invite.invalid", { list: invalid.join(", ") }) : undefined}
      />
      <RoleSelect value={role} onChange={setRole} label={t("invite.role")} />
      {failures.length > 0 && (
        <ErrorNote>
          {failures.map(({ email, why }) => (
            <div key={email}>{t("invite.failed", { email, why })}</div>
          ))}
        </ErrorNote>
      )}
      <FormActions end>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" loading={busy} disabled={valid.length === 0}>
          {t("invite.send", { count: Math.max(1, valid.length) })}
        </Button>
      </FormActions>
    </Form>
  );
}
