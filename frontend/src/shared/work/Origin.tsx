import { IconMessage2 } from "@tabler/icons-react";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, http, type Schema } from "../api/client";
import { isProblem } from "../api/problem";
import { fullDate, longDay } from "../lib/dates";
import { useWorkspace } from "../session/session";
import css from "./Origin.module.css";

type Thing = Schema<"ThingOut">;

const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ["origin", id] as const,
    queryFn: async ({ signal }): Promise<Schema<"MessageOut"> | null> => {
      try {
        return await answer(http.GET("/api/v1/messages/{message_id}", { params: { path: { message_id: id } }, signal }));
      } catch (error) {
        if (isProblem(error) && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 30_000,
  });

/** « Né du message de … du 3 mars », as far as the reader sees that message. */
export function Origin({ origin }: { origin: Thing | null }): React.JSX.Element | null {
  return origin === null || origin.kind !== "chat.message" ? null : <FromMessage id={origin.id} />;
}

function FromMessage({ id }: { id: string }): React.JSX.Element | null {
  const { t } = useTranslation("common");
  const { slug } = useWorkspace();
  const { data: message, isPending } = useQuery(sourceQuery(id));
  if (isPending) return null;
  return (
    <p className={css.origin}>
      <IconMessage2 size={16} stroke={1.75} aria-hidden="true" />
      {!message ? (
        t("work.origin_hidden")
      ) : message.deleted_at !== null ? (
        t("work.origin_deleted")
      ) : (
        <Link
          to="/w/$slug/discussions/$channelId"
          params={{ slug, channelId: message.channel_id }}
          search={{ message: message.id, ...(message.thread_id !== null && !message.in_channel && { fil: message.thread_id }) }}
          title={fullDate(message.created_at)}
        >
          {t("work.origin", { name: message.author.name, date: longDay(message.created_at) })}
        </Link>
      )}
    </p>
  );
}
