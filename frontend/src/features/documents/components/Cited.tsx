import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, http } from "../../../shared/api/client";
import { useWorkspace } from "../../../shared/session/session";
import { DateTime } from "../../../shared/ui/DateTime";
import { Section } from "../../../shared/ui/Page";
import type { Node } from "../api";
import css from "./NodePanel.module.css";

const citationsQuery = (node_id: string) =>
  queryOptions({
    queryKey: ["document-citations", node_id],
    queryFn: async ({ signal }) => (await answer(http.GET("/api/v1/nodes/{node_id}/citations", { params: { path: { node_id } }, signal }))).items,
  });

/** The messages that carry a document, of those that I may read; each leads to its place in the conversation. */
export function Cited({ node }: { node: Node }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const { slug } = useWorkspace();
  const { data } = useQuery(citationsQuery(node.id));
  if (!data || data.length === 0) return null;
  return (
    <Section title={t("cited.title")}>
      <ul role="list" className={css.versions}>
        {data.map((one) => (
          <li key={one.message_id} className={css.version}>
            <Link
              to="/w/$slug/discussions/$channelId"
              params={{ slug, channelId: one.channel_id }}
              search={{ message: one.message_id, ...(one.thread_id !== null && { fil: one.thread_id }) }}
              className={css.what}
            >
              <span className={css.label}>{one.channel_name}</span>
              <span className={css.meta}>
                {one.author_name}, <DateTime at={one.at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
