import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, PasswordField, useSubmission } from "../../../shared/ui/Form";
import { keys, type Me, signIn } from "../api";
import { safeNext } from "../lib/safeNext";
import css from "./Entrance.module.css";

/** One task: enter. */
export default function SignInPage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const { next } = useSearch({ from: "/connexion" });
  const router = useRouter();
  const cache = useQueryClient();
  const [identifier, setIdentifier] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const submission = useSubmission<Me>();

  const enter = async (): Promise<void> => {
    const incomplete = identifier.trim() === "" || password === "";
    setMissing(incomplete);
    if (incomplete) return;
    const me = await submission.run(() => signIn({ identifier: identifier.trim(), password }));
    if (!me) return;
    cache.clear();
    cache.setQueryData(keys.me, me);
    await router.navigate({ href: safeNext(next) });
  };

  return (
    <Entrance title={t("sign_in.title")} lead={t(next === undefined ? "sign_in.lead" : "sign_in.lead_back")}>
      <Form onSubmit={enter}>
        <TextInput
          size="lg"
          label={t("sign_in.identifier")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={identifier}
          onChange={(event) => setIdentifier(event.currentTarget.value)}
          error={missing && identifier.trim() === "" ? t("sign_in.identifier_missing") : undefined}
        />
        <div className={css.withLink}>
          <PasswordField
            size="lg"
            label={t("sign_in.password")}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={missing && password === "" ? t("sign_in.password_missing") : undefined}
          />
          <Link to="/mot-de-passe-oublie" className={css.beside}>
            {t("sign_in.forgotten")}
          </Link>
        </div>
        <ProblemNote error={submission.error} />
        <Button type="submit" size="lg" fullWidth loading={submission.busy}>
          {t("sign_in.enter")}
        </Button>
      </Form>
      <p className={css.note}>{t("sign_in.invited")}</p>
    </Entrance>
  );
}
