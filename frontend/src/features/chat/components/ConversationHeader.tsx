import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconFiles, IconPin, IconSearch, IconUsers, IconVideo } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePresence } from "../../../shared/live/presence";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { StateTag } from "../../../shared/ui/Tags";
import { type Channel, membersQuery } from "../api";
import css from "./Conversation.module.css";
import { PlaceGlyph } from "./PlaceGlyph";

interface Props {
  channel: Channel;
  title: string;
  onBack: () => void;
  openDetails: (what: "people" | "pins" | "files") => void;
  details: "people" | "pins" | "files" | null;
  onSearch: () => void;
}

/** What this place is, and what can be done from it. */
export function ConversationHeader({ channel, title, onBack, openDetails, details, onSearch }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const { slug, rooms } = useWorkspace();
  const presence = usePresence(channel.workspace_id);
  const group = channel.people.length > 2;
  const other = group ? undefined : channel.people.find((one) => one.id !== me.id);
  const { data } = useQuery(membersQuery(channel.id));
  const guests = data?.items.filter((one) => one.guest).length ?? 0;
  const members = data && channel.kind === "channel" ? t("channel.members", { count: data.items.length }) : null;
  const words = [
    members !== null && guests > 0 ? `${members}, ${t("channel.guests", { count: guests })}` : members,
    group ? t("channel.group", { count: channel.people.length }) : channel.kind === "conversation" ? t("channel.between_two") : null,
    channel.announce ? t("channel.announce") : null,
    channel.history === "joined" ? t("channel.history_joined") : null,
    channel.topic !== "" ? channel.topic : null,
  ].filter((one) => one !== null);
  return (
    <header className={css.header}>
      <ActionIcon className={css.back} aria-label={t("list.back")} onClick={onBack}>
        <IconArrowLeft size={22} stroke={1.75} />
      </ActionIcon>
      {other ? (
        <PersonAvatar person={other} size={36} presence={presence[other.id] ?? null} />
      ) : (
        <PlaceGlyph channel={channel} size={20} className={css.glyph} />
      )}
      <div className={css.words}>
        <h1 className={css.title} tabIndex={-1}>
          {title}
        </h1>
        <p className={css.meta}>{words.join(" · ")}</p>
      </div>
      {channel.archived_at !== null && <StateTag tone="neutral">{t("channel.archived")}</StateTag>}
      {channel.mine.abilities.post && rooms.includes("meetings") && (
        <Tooltip label={t("channel.meet")}>
          <ActionIcon
            aria-label={t("channel.meet")}
            renderRoot={(props) => (
              <Link to="/w/$slug/reunions" params={{ slug }} search={{ demarrer: "1", depuis: `chat.channel:${channel.id}` }} preload={false} {...props} />
            )}
          >
            <IconVideo size={20} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t("search.open")}>
        <ActionIcon aria-label={t("search.open")} aria-keyshortcuts="Control+F" onClick={onSearch}>
          <IconSearch size={20} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      {rooms.includes("documents") && (
        <Tooltip label={t("attach.files")}>
          <ActionIcon aria-label={t("attach.files")} aria-pressed={details === "files"} onClick={() => openDetails("files")}>
            <IconFiles size={20} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t("pins.title")}>
        <ActionIcon aria-label={t("pins.title")} aria-pressed={details === "pins"} onClick={() => openDetails("pins")}>
          <IconPin size={20} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("channel.details")}>
        <ActionIcon aria-label={t("channel.details")} aria-pressed={details === "people"} onClick={() => openDetails("people")}>
          <IconUsers size={20} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** Where the conversation begins: who can read it, said once. */
export function ConversationStart({ channel, title, empty }: { channel: Channel; title: string; empty: boolean }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const group = channel.people.length > 2;
  const narrow = channel.history === "joined" ? "start.joined" : "start.narrow";
  const who = group ? "start.group" : channel.kind === "conversation" ? "start.two" : channel.open ? "start.open" : narrow;
  return (
    <div className={css.begin}>
      <h2>{t(channel.kind === "conversation" ? "start.title_two" : "start.title", { name: title })}</h2>
      <p>{t(who, { name: title, count: channel.people.length })}</p>
      {channel.announce && <p>{t("start.announce")}</p>}
      {empty && channel.mine.abilities.post && <p>{t("start.hint")}</p>}
    </div>
  );
}
