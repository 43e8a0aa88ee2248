import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { type ApplicationPassword, applicationPasswordsQuery, keys, revokeApplicationPassword } from "../api";
import css from "../pages/Settings.module.css";
import { DriveAddress } from "./DriveAddress";
import { NewApplicationPassword } from "./NewApplicationPassword";

/** Passwords for programs (files, calendars): the account's own is never accepted there. */
export function ApplicationPasswords(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const cache = useQueryClient();
  const [creating, setCreating] = useState(false);
  const { data, error } = useQuery(applicationPasswordsQuery);
  const revoke = (row: ApplicationPassword): void =>
    confirm({
      title: t("applications.revoke_title", { name: row.name }),
      consequence: t("applications.revoke_text"),
      verb: t("applications.revoke"),
      act: async () => {
        await revokeApplicationPassword(row.id);
        await cache.invalidateQueries({ queryKey: keys.applicationPasswords });
      },
    });
  return (
    <Section title={t("applications.title")}>
      <p className={css.text}>{t("applications.lead")}</p>
      <ProblemNote error={error} />
      <ul role="list">
        {data?.items.map((row) => (
          <li key={row.id} className={css.row}>
            <IconKey size={20} stroke={1.75} aria-hidden="true" />
            <div className={css.words}>
              <div className={css.name}>{row.name}</div>
              <div className={css.meta}>
                {t(`applications.reach.${row.reach}`)}, {t(row.can_write ? "applications.writes" : "applications.reads")} ·{" "}
                {row.last_used_at ? (
                  <>
                    {t("applications.used")} <DateTime at={row.last_used_at} />
                  </>
                ) : (
                  t("applications.never_used")
                )}
                {row.expires_at && (
                  <>
                    {" "}
                    · {t("applications.until")} <DateTime at={row.expires_at} style="planned" />
                  </>
                )}
              </div>
            </div>
            <Button variant="default" size="sm" onClick={() => revoke(row)} aria-label={t("applications.revoke_named", { name: row.name })}>
              {t("applications.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <Button className={css.after ?? ""} variant="default" leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => setCreating(true)}>
        {t("applications.create")}
      </Button>
      <DriveAddress />
      <NewApplicationPassword opened={creating} onClose={() => setCreating(false)} />
    </Section>
  );
}
