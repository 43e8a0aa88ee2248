import { Radio } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { changeWishes, type Wishes, wishesQuery } from "../api";
import { foldWishes } from "../lib/laterFolds";
import css from "./LaterPage.module.css";

/** How I write and where my conversations open, on all my devices. */
export default function WritingPage(): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const { data: kept, error } = useQuery(wishesQuery);
  const [chosen, setChosen] = useState<Partial<Pick<Wishes, "send_key" | "return_to">>>({});
  const data = kept && { ...kept, ...chosen };
  // chosen at once, taken back when the server does not take it
  const choose = (change: Partial<Pick<Wishes, "send_key" | "return_to">>): void => {
    setChosen(change);
    changeWishes(change).then(
      (wishes) => {
        foldWishes(cache, wishes);
        setChosen({});
        toast(t("wishes.saved"));
      },
      (failure: unknown) => {
        setChosen({});
        toast(sentenceFor(failure, t));
      },
    );
  };
  return (
    <Page narrow>
      <PageHeader title={t("wishes.title")} meta={t("wishes.lead")} />
      <ProblemNote error={error} />
      {!data && !error && <RowsSkeleton rows={3} />}
      {data && (
        <>
          <Section title={t("wishes.send_key")}>
            <Radio.Group aria-label={t("wishes.send_key")} value={data.send_key} onChange={(send_key) => choose({ send_key: send_key as Wishes["send_key"] })}>
              <div className={css.choices}>
                {(["enter", "ctrl_enter"] as const).map((each) => (
                  <Radio key={each} value={each} label={t(`wishes.${each}`)} description={t(`wishes.${each}_help`)} />
                ))}
              </div>
            </Radio.Group>
          </Section>
          <Section title={t("wishes.return_to")}>
            <Radio.Group aria-label={t("wishes.return_to")} value={data.return_to} onChange={(return_to) => choose({ return_to: return_to as Wishes["return_to"] })}>
              <div className={css.choices}>
                {(["unread", "latest"] as const).map((each) => (
                  <Radio key={each} value={each} label={t(`wishes.${each}`)} description={t(`wishes.${each}_help`)} />
                ))}
              </div>
            </Radio.Group>
          </Section>
        </>
      )}
    </Page>
  );
}
