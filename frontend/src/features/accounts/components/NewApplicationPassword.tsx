import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { ProofDeclined, withProof } from "../../../shared/session/proof";
import { useMe } from "../../../shared/session/session";
import { Copyable } from "../../../shared/ui/Copyable";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { createApplicationPassword, keys, type Reach } from "../api";
import css from "../pages/Settings.module.css";

const REACHES: readonly Reach[] = ["both", "files", "calendars"];
const isReach = (value: string | null): value is Reach => REACHES.some((reach) => reach === value);

/** Makes an application password and shows it once. */
export function NewApplicationPassword({ opened, onClose }: { opened: boolean; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("accounts");
  return (
    <Modal opened={opened} onClose={onClose} title={t("applications.create")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <Maker onClose={onClose} />
    </Modal>
  );
}

function Maker({ onClose }: { onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const cache = useQueryClient();
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [reach, setReach] = useState<Reach>("both");
  const [canWrite, setCanWrite] = useState(true);
  const [secret, setSecret] = useState<string | null>(null);
  const submission = useSubmission();
  const create = async (): Promise<void> => {
    await submission.run(async () => {
      const made = await withProof(() => createApplicationPassword({ id, name: name.trim(), reach, can_write: canWrite }));
      setSecret(made.password);
      await cache.invalidateQueries({ queryKey: keys.applicationPasswords });
    });
  };
  if (secret !== null) return <Made secret={secret} onClose={onClose} />;
  return (
    <Form onSubmit={create}>
      <TextInput label={t("applications.name")} description={t("applications.name_why")} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select
        label={t("applications.opens")}
        data={REACHES.map((value) => ({ value, label: t(`applications.reach.${value}`) }))}
        value={reach}
        onChange={(value) => isReach(value) && setReach(value)}
      />
      <Checkbox label={t("applications.may_write")} checked={canWrite} onChange={(event) => setCanWrite(event.currentTarget.checked)} />
      {!(submission.error instanceof ProofDeclined) && <ProblemNote error={submission.error} />}
      <FormActions end>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" loading={submission.busy} disabled={name.trim() === ""}>
          {t("applications.create_short")}
        </Button>
      </FormActions>
    </Form>
  );
}

function Made({ secret, onClose }: { secret: string; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const me = useMe();
  return (
    <>
      <p className={css.text}>{t("applications.once", { identifier: me.identifier })}</p>
      <Copyable text={secret} />
      <FormActions end>
        <Button onClick={onClose}>{t("applications.noted")}</Button>
      </FormActions>
    </>
  );
}
