import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Present } from "../../../shared/live/presence";
import { glance } from "../../../shared/prose/glance";
import { DateTime } from "../../../shared/ui/DateTime";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag, UnreadDot, UnreadPill } from "../../../shared/ui/Tags";
import type { MessageLine } from "../api";
import css from "./Lines.module.css";

interface Props {
  line: MessageLine;
  slug: string;
  /** The workspace, where several are listed together. */
  place?: string | undefined;
  presence?: Present | null | undefined;
  /** How many are unread in its channel. */
  unread?: number;
}

/** Who said what, and where. */
export function MessageRow({ line, slug, place, presence, unread = 0 }: Props): React.JSX.Element {
  const { t } = useTranslation("desk");
  const { message } = line;
  const where = line.conversation ? t("message.to_you") : t("message.in", { channel: line.channel_name });
  const thread = message.thread_id === null ? {} : { fil: message.thread_id };
  return (
    <div className={css.line}>
      <PersonAvatar person={message.author} size={36} presence={presence} />
      <span className={css.words}>
        <span>
          <strong className={css.name}>{message.author.name}</strong> {message.author.guest && <GuestTag />}{" "}
          <span className={css.meta}>{place === undefined ? where : `${place}, ${line.channel_name}`}</span>
        </span>
        <Link
          to="/w/$slug/discussions/$channelId"
          params={{ slug, channelId: line.message.channel_id }}
          search={{ message: message.id, ...thread }}
          className={css.said}
        >
          {message.deleted_at === null ? glance(message.text) : t("message.deleted")}
        </Link>
      </span>
      <DateTime at={message.created_at} className={css.when} />
      <span className={css.count}>{unread > 0 ? <UnreadPill count={unread} /> : line.unread && <UnreadDot />}</span>
    </div>
  );
}
