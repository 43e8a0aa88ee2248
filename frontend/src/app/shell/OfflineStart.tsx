import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAllWaiting } from "../../features/chat/hooks/useOutbox";
import { EmptyState } from "../../shared/ui/EmptyState";
import { Page, PageHeader, Section } from "../../shared/ui/Page";
import { DateTime } from "../../shared/ui/DateTime";
import css from "./OfflineStart.module.css";

/** The office was opened without a network: what waits to be sent, and what will happen. */
export function OfflineStart({ retry }: { retry: () => void }): React.JSX.Element {
  const { t } = useTranslation("shell");
  const waiting = useAllWaiting();
  return (
    <Page narrow>
      <PageHeader title={t("offline.title")} meta={t("offline.meta")}>
        <Button variant="default" onClick={retry}>
          {t("error.retry")}
        </Button>
      </PageHeader>
      {waiting.length === 0 ? (
        <EmptyState icon={IconCloudOff} title={t("offline.nothing")} hint={t("offline.hint")} />
      ) : (
        <Section title={t("offline.waiting", { count: waiting.length })}>
          <ul role="list" className={css.list}>
            {waiting.map((one) => (
              <li key={one.id} className={css.one} data-waiting={one.refused === null ? "sending" : "refused"}>
                <p className={css.place}>
                  {one.place ?? t("offline.conversation")} · <DateTime at={new Date(one.at).toISOString()} />
                </p>
                <p className={css.text}>{one.text.length > 2000 ? `${one.text.slice(0, 2000)}…` : one.text}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
