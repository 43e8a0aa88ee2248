import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { IconVideo } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { answer, http } from "../../../shared/api/client";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { PageSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { meetingQuery } from "../api";

/** The short address of a meeting: leads its people to it, and tells others nothing. */
export default function MeetingLinkPage(): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const { token = "" } = useParams({ strict: false });
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { data, error } = useQuery(meetingQuery(token));
  useEffect(() => {
    if (!data) return;
    void cache
      .fetchQuery({ queryKey: ["workspaces"], queryFn: () => answer(http.GET("/api/v1/workspaces")) })
      .then(({ items }) => {
        const slug = items.find((one) => one.id === data.workspace_id)?.slug;
        if (slug) void navigate({ to: "/w/$slug/reunions/$meetingId", params: { slug, meetingId: data.id }, replace: true });
      });
  }, [data, cache, navigate]);
  if (error === null) return <PageSkeleton />;
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconVideo} title={t("link.title")} hint={t("link.hint")} />
    </Page>
  );
}
