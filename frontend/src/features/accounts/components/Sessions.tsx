import { Button } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Page";
import { StateTag } from "../../../shared/ui/Tags";
import { endSession, keys, type SessionRow, sessionsQuery } from "../api";
import css from "../pages/Settings.module.css";

/** Where I am signed in. */
export function Sessions(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(sessionsQuery);
  const end = (session: SessionRow): void =>
    confirm({
      title: t("sessions.end_title", { device: session.device }),
      consequence: t("sessions.end_text"),
      verb: t("sessions.end"),
      act: async () => {
        await endSession(session.id);
        await cache.invalidateQueries({ queryKey: keys.sessions });
      },
    });
  return (
    <Section title={t("sessions.title")}>
      <p className={css.text}>{t("sessions.lead")}</p>
      {isPending && <RowsSkeleton rows={2} />}
      <ProblemNote error={error} />
      <ul role="list">
        {data?.items.map((session) => {
          const Glyph = /iphone|android|mobile/i.test(session.device) ? IconDeviceMobile : IconDeviceLaptop;
          return (
            <li key={session.id} className={css.row}>
              <Glyph size={20} stroke={1.75} aria-hidden="true" />
              <div className={css.words}>
                <div className={css.name}>
                  {session.device} {session.current && <StateTag tone="ok">{t("sessions.current")}</StateTag>}
                </div>
                <div className={css.meta}>
                  {t("sessions.seen")} <DateTime at={session.last_seen_at} /> · {t("sessions.since")} <DateTime at={session.created_at} />
                </div>
              </div>
              {!session.current && (
                <Button variant="default" size="sm" onClick={() => end(session)} aria-label={t("sessions.end_named", { device: session.device })}>
                  {t("sessions.end")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
