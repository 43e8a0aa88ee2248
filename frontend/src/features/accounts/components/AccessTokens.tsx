import { Button } from "@mantine/core";
import { IconPlus, IconTerminal2 } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime, useNow } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { StateTag } from "../../../shared/ui/Tags";
import { type AccessToken, accessTokensQuery, keys, revokeAccessToken } from "../api";
import { AREAS } from "../lib/scopes";
import css from "../pages/Settings.module.css";
import { NewAccessToken } from "./NewAccessToken";

/** Tokens for programs of mine: what each opens, until when, when it was last used. */
export function AccessTokens(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const cache = useQueryClient();
  const [creating, setCreating] = useState(false);
  const current = useNow();
  const { data, error } = useQuery(accessTokensQuery);
  const revoke = (row: AccessToken): void =>
    confirm({
      title: t("tokens.revoke_title", { name: row.name }),
      consequence: t("tokens.revoke_text"),
      verb: t("tokens.revoke"),
      act: async () => {
        await revokeAccessToken(row.id);
        await cache.invalidateQueries({ queryKey: keys.accessTokens });
      },
    });
  return (
    <Section title={t("tokens.title")}>
      <p className={css.text}>{t("tokens.lead")}</p>
      <ProblemNote error={error} />
      <ul role="list">
        {data?.items.map((row) => (
          <li key={row.id} className={css.row}>
            <IconTerminal2 size={20} stroke={1.75} aria-hidden="true" />
            <div className={css.words}>
              <div className={css.name}>
                {row.name} {Date.parse(row.expires_at) < current && <StateTag tone="warn">{t("tokens.over")}</StateTag>}
              </div>
              <div className={css.meta}>{opened(row, t)}</div>
              <div className={css.meta}>
                {row.last_used_on ? (
                  <>
                    {t("tokens.used")} <DateTime at={row.last_used_on} style="planned" />
                  </>
                ) : (
                  t("tokens.never_used")
                )}{" "}
                · {t("tokens.until")} <DateTime at={row.expires_at} style="planned" />
              </div>
            </div>
            <Button variant="default" size="sm" onClick={() => revoke(row)} aria-label={t("tokens.revoke_named", { name: row.name })}>
              {t("tokens.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <Button className={css.after ?? ""} variant="default" leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => setCreating(true)}>
        {t("tokens.create")}
      </Button>
      {creating && <NewAccessToken onClose={() => setCreating(false)} />}
    </Section>
  );
}

/** « Discussions (lecture et écriture), Tâches (lecture) ». */
function opened(row: AccessToken, t: (key: string) => string): string {
  const areas = AREAS.flatMap((area) => {
    const writes = row.scopes.includes(`${area}:write`);
    if (!writes && !row.scopes.includes(`${area}:read`)) return [];
    const reads = row.scopes.includes(`${area}:read`);
    return [`${t(`tokens.area.${area}`)} (${t(writes && reads ? "tokens.both" : writes ? "tokens.writes" : "tokens.reads")})`];
  });
  return [...areas, ...(row.scopes.includes("profile:read") ? [t("tokens.area.profile")] : [])].join(", ");
}
