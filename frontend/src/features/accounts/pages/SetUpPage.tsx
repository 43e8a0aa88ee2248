import { Button, TextInput } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { currentLanguage } from "../../../shared/i18n";
import { timeZone } from "../../../shared/lib/dates";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { type Me, setUp } from "../api";
import { NewPassword } from "../components/NewPassword";
import css from "./Entrance.module.css";

/** The one-time link of a new installation: its first administrator. */
export default function SetUpPage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const { token } = useParams({ from: "/installation/$token" });
  const [fields, setFields] = useState({ identifier: "", name: "", email: "", password: "" });
  const [done, setDone] = useState(false);
  const submission = useSubmission<Me>();
  const set = (field: keyof typeof fields) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setFields((held) => ({ ...held, [field]: value }));
  };
  const create = async (): Promise<void> => {
    const { email, ...rest } = fields;
    const me = await submission.run(() =>
      setUp(token, { ...rest, email: email.trim() || null, language: currentLanguage(), time_zone: timeZone() }),
    );
    setDone(me !== undefined);
  };
  if (done)
    return (
      <Entrance title={t("set_up.done")}>
        <p className={css.text}>{t("set_up.next")}</p>
        <ButtonLink to="/connexion" size="lg" fullWidth>
          {t("sign_in.enter")}
        </ButtonLink>
      </Entrance>
    );
  return (
    <Entrance title={t("set_up.title")} lead={t("set_up.lead")}>
      <Form onSubmit={create}>
        <TextInput size="lg" label={t("profile.name")} autoComplete="name" autoFocus value={fields.name} onChange={set("name")} error={fieldError(submission.error, "name", t)} />
        <TextInput size="lg" label={t("sign_in.identifier")} autoComplete="username" autoCapitalize="none" value={fields.identifier} onChange={set("identifier")} error={fieldError(submission.error, "identifier", t)} />
        <TextInput size="lg" type="email" label={t("profile.email")} description={t("set_up.email_why")} autoComplete="email" value={fields.email} onChange={set("email")} error={fieldError(submission.error, "email", t)} />
        <NewPassword value={fields.password} onChange={(password) => setFields((held) => ({ ...held, password }))} error={submission.error} label={t("sign_in.password")} />
        <ProblemNote error={submission.error} />
        <Button type="submit" size="lg" fullWidth loading={submission.busy} disabled={fields.identifier.trim().length < 2 || fields.name.trim() === "" || fields.password === ""}>
          {t("set_up.create")}
        </Button>
      </Form>
    </Entrance>
  );
}
