import { Button } from "@mantine/core";
import { IconDownload, IconFileZip } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { fullDate, shortDay } from "../../../shared/lib/dates";
import { useMe } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { Section } from "../../../shared/ui/Page";
import type { Channel } from "../api";
import { askExport, type ConversationExport, exportsQuery, isUnderWay } from "../api/exports";
import { titleOf } from "../lib/title";
import css from "./ChannelExports.module.css";

/** Who took copies of this conversation, for everybody who reads it; whoever may asks for one here. */
export function ChannelExports({ channel }: { channel: Channel }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const me = useMe();
  const cache = useQueryClient();
  const { data } = useQuery(exportsQuery(channel.id));
  if (!data || (!data.allowed && data.items.length === 0)) return null;
  const busy = data.items.some((one) => one.mine && isUnderWay(one));
  const ask = (): void =>
    confirm({
      title: t("exports.sure", { name: titleOf(channel, me.id) }),
      consequence: t("exports.consequence"),
      verb: t("exports.ask"),
      danger: false,
      act: async () => {
        await askExport(channel.id);
        await cache.invalidateQueries({ queryKey: exportsQuery(channel.id).queryKey });
      },
    });
  return (
    <Section title={t("exports.title")}>
      {data.allowed && (
        <>
          <p className={css.note}>{t("exports.help")}</p>
          <Button variant="subtle" leftSection={<IconFileZip size={18} stroke={1.75} />} onClick={ask} disabled={busy}>
            {t("exports.ask")}
          </Button>
        </>
      )}
      <ul role="list" className={css.list} aria-label={t("exports.title")}>
        {data.items.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function Line({ one }: { one: ConversationExport }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const percent = one.total > 0 ? Math.min(99, Math.round((100 * one.done) / one.total)) : 0;
  return (
    <li className={css.line} data-state={one.state}>
      <span>{t("exports.line", { name: one.asked_by.name, date: fullDate(one.asked_at) })}</span>
      {one.mine && one.state === "ready" ? (
        <a href={`/api/v1/exports/${one.id}/content`} download className={css.download}>
          <IconDownload size={16} stroke={1.75} aria-hidden="true" />
          {t("exports.download", { size: byteSize(one.size) })}
          {one.expires_at !== null && <span className={css.note}>{t("exports.until", { date: shortDay(one.expires_at) })}</span>}
        </a>
      ) : (
        <span className={css.note} role={isUnderWay(one) ? "status" : undefined}>
          {t(`exports.${one.state}`, { percent })}
        </span>
      )}
    </li>
  );
}
