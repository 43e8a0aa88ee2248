import { Button, FileButton, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { type Language, setLanguage } from "../../../shared/i18n";
import { useMe } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, FormActions, useSubmission } from "../../../shared/ui/Form";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { toast } from "../../../shared/ui/toast";
import { changeMe, keys, type Me, removePicture, setPicture } from "../api";
import { EmailChange } from "../components/EmailChange";
import css from "./Settings.module.css";

export default function ProfilePage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  return (
    <Page narrow>
      <PageHeader title={t("settings.profile")} meta={t("profile.lead")} />
      <Picture />
      <Details />
    </Page>
  );
}

function Picture(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const me = useMe();
  const cache = useQueryClient();
  const submission = useSubmission<Me>();
  const keep = async (act: () => Promise<Me>): Promise<void> => {
    const changed = await submission.run(act);
    if (changed) cache.setQueryData(keys.me, changed);
  };
  return (
    <>
      <div className={css.picture}>
        <PersonAvatar person={me} size={88} />
        <div>
          <div className={css.pictureActions}>
            <FileButton accept="image/png,image/jpeg,image/webp,image/gif" onChange={(file) => file && void keep(() => setPicture(file))}>
              {(props) => (
                <Button {...props} variant="default" loading={submission.busy}>
                  {t("profile.choose_picture")}
                </Button>
              )}
            </FileButton>
            {me.avatar_url !== null && (
              <Button variant="subtle" onClick={() => void keep(removePicture)}>
                {t("profile.remove_picture")}
              </Button>
            )}
          </div>
          <p className={css.hint}>{t("profile.picture_rule")}</p>
        </div>
      </div>
      <ProblemNote error={submission.error} />
    </>
  );
}

function Details(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const me = useMe();
  const cache = useQueryClient();
  const [name, setName] = useState(me.name);
  const [language, chooseLanguage] = useState<Language>(me.language);
  const [zone, setZone] = useState(me.time_zone);
  const submission = useSubmission<Me>();
  const zones = useMemo(() => [...new Set([me.time_zone, ...Intl.supportedValuesOf("timeZone")])], [me.time_zone]);
  const changed = name.trim() !== me.name || language !== me.language || zone !== me.time_zone;
  const save = async (): Promise<void> => {
    if (!changed || name.trim() === "") return;
    const saved = await submission.run(() => changeMe({ name: name.trim(), language, time_zone: zone }));
    if (!saved) return;
    cache.setQueryData(keys.me, saved);
    await setLanguage(saved.language);
    toast(t("profile.saved"));
  };
  return (
    <div className={css.fields}>
      <Form onSubmit={save}>
        <TextInput
          label={t("profile.name")}
          description={t("profile.name_why")}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={name.trim() === "" ? t("profile.name_missing") : fieldError(submission.error, "name", t)}
        />
        <TextInput label={t("sign_in.identifier")} value={me.identifier} readOnly description={t("profile.identifier_why")} />
        <EmailChange />
        <Select
          label={t("profile.language")}
          data={[
            { value: "fr", label: "Français" },
            { value: "en", label: "English" },
          ]}
          value={language}
          onChange={(value) => chooseLanguage(value === "en" ? "en" : "fr")}
        />
        <Select
          label={t("profile.time_zone")}
          description={t("profile.time_zone_why")}
          searchable
          nothingFoundMessage={t("profile.no_zone")}
          limit={80}
          data={zones}
          value={zone}
          onChange={(value) => value !== null && setZone(value)}
        />
        <ProblemNote error={submission.error} />
        <FormActions>
          <Button type="submit" loading={submission.busy} disabled={!changed || name.trim() === ""}>
            {t("common:save")}
          </Button>
        </FormActions>
      </Form>
    </div>
  );
}
