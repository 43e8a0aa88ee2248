import { IconAlarm, IconArchive, IconBell, IconCalendar, IconChecklist, IconClipboardCheck, IconDownload, IconLockOpen, IconMessageOff, IconMessages, IconPlugConnectedX, IconShieldExclamation, IconTrash, IconUpload, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { UnreadDot } from "../../../shared/ui/Tags";
import { type Notification, workspacesQuery } from "../api";
import { useSentence } from "../hooks/useSentence";
import type { Group } from "../lib/groups";
import { conversationOf } from "../lib/filters";
import { AnswerEvent } from "./AnswerEvent";
import { Mute } from "./Mute";
import { Unfollow } from "./Unfollow";
import css from "./NotificationLine.module.css";

const ICONS = {
  mention: IconMessages,
  message: IconMessages,
  direct: IconMessages,
  assignment: IconChecklist,
  invitation: IconUsers,
  event_invitation: IconCalendar,
  infected: IconShieldExclamation,
  lock_broken: IconLockOpen,
  comment: IconMessages,
  followed: IconBell,
  followed_deleted: IconTrash,
  deposited: IconUpload,
  approval_asked: IconClipboardCheck,
  approval_answered: IconClipboardCheck,
  approval_reminder: IconClipboardCheck,
  approval_completed: IconClipboardCheck,
  approval_cancelled: IconClipboardCheck,
  approval_lost: IconClipboardCheck,
  retention: IconArchive,
  reminder: IconAlarm,
  not_sent: IconMessageOff,
  export_ready: IconDownload,
  webhook_stopped: IconPlugConnectedX,
} satisfies Record<Notification["kind"], typeof IconMessages>;

/** Who did what, about which thing; the whole line leads to it and marks it as read. */
export function NotificationLine({ group, onOpen }: { group: Group; onOpen: (group: Group) => void }): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { data: workspaces } = useQuery(workspacesQuery);
  const { latest, people } = group;
  const place = workspaces?.items.find((workspace) => workspace.id === latest.workspace_id);
  const isUnread = group.unreadIds.length > 0;
  const first = people[0];
  const sentence = useSentence();
  const conversation = conversationOf(latest);
  const Glyph = ICONS[latest.kind];
  const words = (
    <>
      <span className={css.face}>
        {first ? <PersonAvatar person={first} size={36} /> : <Glyph size={20} stroke={1.75} aria-hidden="true" />}
      </span>
      <span className={css.words}>
        <span className={css.what}>
          {sentence(group)}
        </span>
        <span className={css.title}>{latest.title}</span>
        <span className={css.meta}>
          {place && `${place.name} · `}
          <DateTime at={latest.created_at} />
        </span>
      </span>
      <span className={css.state}>{isUnread && <UnreadDot label={t("unread")} />}</span>
    </>
  );
  const address = place && addressOf(latest, place.slug);
  const look = cx(css.line, isUnread && css.unread, conversation !== null && css.mutable);
  if (!address) {
    return (
      <button type="button" className={look} onClick={() => onOpen(group)}>
        {words}
      </button>
    );
  }
  return (
    <>
      <Link {...address} className={look} onClick={() => onOpen(group)}>
        {words}
      </Link>
      {conversation !== null && <Mute channel={conversation} title={latest.title} />}
      {latest.kind === "event_invitation" && isUnread && <AnswerEvent notification={latest} />}
      {latest.kind === "followed" && isUnread && <Unfollow notification={latest} />}
    </>
  );
}

/** Where the thing is; null for a kind that this build does not know. */
export function addressOf({ kind: told, link_kind: kind, link_id: id, parent_id: parentId }: Notification, slug: string) {
  const params = { slug };
  switch (kind) {
    case "tasks.task":
      return { to: "/w/$slug/taches", params, search: { tache: id } } as const;
    case "event":
      return { to: "/w/$slug/agenda", params, search: { evenement: id } } as const;
    case "chat.message":
      return parentId === null
        ? null
        : ({ to: "/w/$slug/discussions/$channelId", params: { slug, channelId: parentId }, search: { message: id } } as const);
    case "chat.scheduled":
      return { to: "/w/$slug/plus-tard", params } as const;
    case "chat.channel":
      return { to: "/w/$slug/discussions/$channelId", params: { slug, channelId: id } } as const;
    case "documents.comment":
      return parentId === null ? null : ({ to: "/w/$slug/documents", params, search: { doc: parentId, commentaire: id } } as const);
    case "documents.approval":
      return parentId === null ? null : ({ to: "/w/$slug/documents", params, search: { doc: parentId, ...(told !== "approval_asked" && told !== "approval_reminder" && { demande: id }) } } as const);
    case "documents.node":
      return { to: "/w/$slug/documents", params, search: { doc: id } } as const;
    case "documents.folder":
      return { to: "/w/$slug/documents/dossier/$nodeId", params: { slug, nodeId: id } } as const;
    case "documents.share":
      return parentId === null ? null : ({ to: "/w/$slug/documents/dossier/$nodeId", params: { slug, nodeId: parentId } } as const);
    case "documents.bin":
      return { to: "/w/$slug/documents/corbeille", params } as const;
    case "workspace":
      return { to: "/w/$slug", params } as const;
    default:
      return null;
  }
}
