import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { newId } from "../../../shared/lib/ids";
import { Copyable } from "../../../shared/ui/Copyable";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { type Channel, openIncoming, openOutgoing } from "../api";
import css from "./Hooks.module.css";

export interface ShownSecret {
  kind: "in" | "out";
  secret: string;
}

interface Props {
  kind: "in" | "out";
  channel: Channel;
  hosts: string[];
  onClose: () => void;
  onMade: (made: ShownSecret) => void;
}

/** A robot that may write here, or a service that is told what is said here. */
export function NewHook({ kind, channel, hosts, onClose, onMade }: Props): React.JSX.Element {
  const { t } = useTranslation("hooks");
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const submission = useSubmission();
  const wrong = fieldError(submission.error, "url", t);
  const make = async (): Promise<void> => {
    await submission.run(async () => {
      const secret = kind === "in" ? (await openIncoming(channel.id, { id, name: name.trim() })).url : (await openOutgoing(channel.id, { id, name: name.trim(), url: url.trim() })).secret;
      onMade({ kind, secret });
    });
  };
  return (
    <Modal opened onClose={onClose} title={t(`new.${kind}`)} closeButtonProps={{ "aria-label": t("common:close") }}>
      <p className={css.text}>{t(`new.${kind}_help`)}</p>
      <Form onSubmit={make}>
        <TextInput label={t("new.name")} description={t(`new.${kind}_name`)} required maxLength={60} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {kind === "out" && (
          <TextInput
            label={t("new.url")}
            description={t("new.hosts", { hosts: hosts.join(", ") })}
            required
            type="url"
            maxLength={500}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={wrong}
          />
        )}
        {wrong === undefined && <ProblemNote error={submission.error} />}
        <FormActions end>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={submission.busy} disabled={name.trim() === "" || (kind === "out" && url.trim() === "")}>
            {t(`new.${kind}_verb`)}
          </Button>
        </FormActions>
      </Form>
    </Modal>
  );
}

/** The address or the secret, this once. */
export function Shown({ shown, onClose }: { shown: ShownSecret; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("hooks");
  return (
    <Modal opened onClose={onClose} title={t(`shown.${shown.kind}`)} closeButtonProps={{ "aria-label": t("common:close") }} closeOnClickOutside={false}>
      <p className={css.text}>{t(`shown.${shown.kind}_help`)}</p>
      <Copyable text={shown.secret} />
      <FormActions end>
        <Button onClick={onClose}>{t("shown.noted")}</Button>
      </FormActions>
    </Modal>
  );
}
