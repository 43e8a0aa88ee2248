import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { useSubmission } from "../../../shared/ui/Form";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { confirmEmail, keys, type Me } from "../api";
import css from "./Settings.module.css";

/** The link sent to a new address. Opening it changes nothing: the button does. */
export default function ConfirmEmailPage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const { token } = useParams({ from: "/office/adresse/$token" });
  const cache = useQueryClient();
  const [me, setMe] = useState<Me | null>(null);
  const submission = useSubmission<Me>();
  const confirm = async (): Promise<void> => {
    const changed = await submission.run(() => confirmEmail(token));
    if (!changed) return;
    cache.setQueryData(keys.me, changed);
    setMe(changed);
  };
  return (
    <Page narrow>
      <PageHeader title={t("email.confirm_title")} />
      <p className={css.text}>{me ? t("email.confirmed", { email: me.email }) : t("email.confirm_text")}</p>
      <ProblemNote error={submission.error} />
      {me ? (
        <ButtonLink to="/parametres/profil" variant="default">
          {t("settings.profile")}
        </ButtonLink>
      ) : (
        <Button onClick={() => void confirm()} loading={submission.busy}>
          {t("email.confirm")}
        </Button>
      )}
    </Page>
  );
}
