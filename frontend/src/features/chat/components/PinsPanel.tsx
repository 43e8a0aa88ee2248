import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPin, IconPinnedOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { fullDate } from "../../../shared/lib/dates";
import { plain } from "../../../shared/prose/markdown";
import { OneLine } from "../../../shared/prose/Prose";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { DetailsPanel } from "../../../shared/ui/panel";
import { type Channel, pinsQuery } from "../api";
import { useActs } from "../hooks/useActs";
import { usePeople } from "../hooks/usePeople";
import { titleOf } from "../lib/title";
import css from "./PinsPanel.module.css";

/** What everybody of the channel should find again; each leads to its place in the talk. */
export function PinsPanel({ channel, onClose, focusTitle }: { channel: Channel; onClose: () => void; focusTitle: boolean }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const { slug } = useWorkspace();
  const { data, error } = useQuery(pinsQuery(channel.id));
  const { people } = usePeople(channel);
  const acts = useActs({ openThread: null, unreadFrom: null });
  const by = (id: string | null | undefined): string | undefined => (id === me.id ? t("reaction.you") : people.get(id ?? "")?.name);
  return (
    <DetailsPanel title={t("pins.title")} meta={titleOf(channel, me.id)} onClose={onClose} focusTitle={focusTitle}>
      <ProblemNote error={error} />
      {!data && !error && <RowsSkeleton rows={3} />}
      {data?.items.length === 0 && <EmptyState icon={IconPin} title={t("pins.none")} hint={t("pins.hint")} />}
      <ul role="list" className={css.pins}>
        {data?.items.map((message) => (
          <li key={message.id} className={css.pin}>
            <Link
              to="/w/$slug/discussions/$channelId"
              params={{ slug, channelId: channel.id }}
              search={{ message: message.id }}
              className={css.link}
            >
              <span className={css.head}>
                <strong>{message.author.name}</strong> <DateTime at={message.created_at} />
              </span>
              <span className={css.text}>
                <OneLine text={message.text} />
              </span>
              {message.pinned && (
                <span className={css.by} title={fullDate(message.pinned.at)}>
                  {by(message.pinned.by) === undefined ? t("pins.pinned") : t("pins.by", { name: by(message.pinned.by) })}
                </span>
              )}
            </Link>
            {channel.mine.abilities.pin && (
              <Tooltip label={t("pins.unpin")}>
                <ActionIcon aria-label={t("pins.unpin_this", { text: plain(message.text).slice(0, 40) })} onClick={() => acts.pin(message, false)}>
                  <IconPinnedOff size={18} stroke={1.75} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
    </DetailsPanel>
  );
}
