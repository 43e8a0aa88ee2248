import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { ProofDeclined, withProof } from "../../../shared/session/proof";
import { Copyable } from "../../../shared/ui/Copyable";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { createAccessToken, keys } from "../api";
import { type Area, AREAS, type Reach, scopesOf } from "../lib/scopes";
import css from "../pages/Settings.module.css";

const REACHES: readonly Reach[] = ["none", "read", "write"];
const DAYS = ["7", "30", "90", "365"] as const;
const NOTHING: Record<Area, Reach> = { chat: "none", documents: "none", tasks: "none", calendar: "none", notifications: "none" };

/** Makes an access token and shows it once. */
export function NewAccessToken({ onClose }: { onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const cache = useQueryClient();
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [choice, setChoice] = useState(NOTHING);
  const [profile, setProfile] = useState(true);
  const [days, setDays] = useState<string>("90");
  const [secret, setSecret] = useState<string | null>(null);
  const submission = useSubmission();
  const scopes = scopesOf(choice, profile);
  const create = async (): Promise<void> => {
    await submission.run(async () => {
      const expires_at = new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      const made = await withProof(() => createAccessToken({ id, name: name.trim(), scopes, expires_at }));
      setSecret(made.token);
      await cache.invalidateQueries({ queryKey: keys.accessTokens });
    });
  };
  return (
    <Modal opened onClose={onClose} title={t("tokens.create")} closeButtonProps={{ "aria-label": t("common:close") }} closeOnClickOutside={secret === null}>
      {secret !== null ? (
        <>
          <p className={css.text}>{t("tokens.once")}</p>
          <Copyable text={secret} />
          <FormActions end>
            <Button onClick={onClose}>{t("applications.noted")}</Button>
          </FormActions>
        </>
      ) : (
        <Form onSubmit={create}>
          <TextInput label={t("tokens.name")} description={t("tokens.name_why")} maxLength={80} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          {AREAS.map((area) => (
            <Select
              key={area}
              label={t(`tokens.area.${area}`)}
              data={REACHES.map((value) => ({ value, label: t(`tokens.reach.${value}`) }))}
              value={choice[area]}
              allowDeselect={false}
              onChange={(value) => setChoice((before) => ({ ...before, [area]: value as Reach }))}
            />
          ))}
          <Checkbox label={t("tokens.area.profile")} description={t("tokens.profile_why")} checked={profile} onChange={(event) => setProfile(event.currentTarget.checked)} />
          <Select
            label={t("tokens.lasts")}
            data={DAYS.map((value) => ({ value, label: t(`tokens.days.${value}`) }))}
            value={days}
            allowDeselect={false}
            onChange={(value) => value !== null && setDays(value)}
          />
          {!(submission.error instanceof ProofDeclined) && <ProblemNote error={submission.error} />}
          <FormActions end>
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={submission.busy} disabled={name.trim() === "" || scopes.length === 0}>
              {t("applications.create_short")}
            </Button>
          </FormActions>
        </Form>
      )}
    </Modal>
  );
}
