import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TFunction } from "i18next";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { useSubmission } from "../../../shared/ui/Form";
import { type Ending, endMails, endingQuery } from "../api";
import css from "./EndMailsPage.module.css";

/** The link that ends mails, without signing in. Opening it changes nothing: the button does. */
export default function EndMailsPage(): React.JSX.Element {
  const { t } = useTranslation("wishes");
  const { word } = useParams({ from: "/courriels/arreter/$word" });
  const { data, error, isPending } = useQuery(endingQuery(word));
  const [done, setDone] = useState<Ending | null>(null);
  const submission = useSubmission<Ending>();
  const ending = done ?? data;
  const end = async (): Promise<void> => {
    const ended = await submission.run(() => endMails(word));
    if (ended) setDone(ended);
  };
  return (
    <Entrance title={t("end.title")}>
      {ending && (
        <p className={css.text} role="status">
          {t(ending.ended ? "end.done" : "end.ask", { what: whatOf(t, ending) })}
        </p>
      )}
      <ProblemNote error={error ?? submission.error} />
      {ending && !ending.ended && (
        <Button size="lg" fullWidth loading={submission.busy || isPending} onClick={() => void end()}>
          {t("end.do")}
        </Button>
      )}
      <ButtonLink to="/parametres/notifications" variant="subtle" fullWidth>
        {t("end.choose")}
      </ButtonLink>
    </Entrance>
  );
}

function whatOf(t: TFunction<"wishes">, { group, cadence, workspace }: Ending): string {
  if (group === null) return t(`end.of_${cadence}`);
  const name = t(`group.${group}`);
  return workspace === null ? t("end.of_group", { name }) : t("end.of_place", { name, workspace });
}
