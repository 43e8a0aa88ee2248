import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { IconVideo } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PageSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { meetingsQuery } from "../api";
import { CurrentMeetings, MeetingRows } from "../components/MeetingList";
import { StartMeetingButton } from "../components/StartMeetingButton";
import { Starting } from "../components/Starting";
import { inOrder } from "../live";

/** The meetings of a workspace: under way, planned, past. With `demarrer=1` a new one begins. */
export default function MeetingsPage(): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const workspace = useWorkspace();
  const { demarrer, depuis } = useSearch({ strict: false });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(meetingsQuery(workspace.id));
  if (demarrer !== undefined) return <Starting from={depuis ?? null} />;
  if (data === undefined && error === null) return <PageSkeleton />;
  const items = (data?.pages.flatMap((page) => page.items) ?? []).sort(inOrder);
  const start = data?.pages[0]?.start ?? false;
  const of = (state: string): typeof items => items.filter((meeting) => meeting.state === state);
  const [open, planned, past] = [of("open"), of("scheduled"), of("ended")];
  return (
    <Page>
      <PageHeader title={t("title")} tabTitle={`${t("title")} · ${workspace.name}`}>
        {start && items.length > 0 && <StartMeetingButton primary />}
      </PageHeader>
      <ProblemNote error={error} />
      {data && items.length === 0 && (
        <EmptyState icon={IconVideo} title={t("empty.title")} hint={start ? t("empty.hint") : t("empty.hint_reader")}>
          {start && <StartMeetingButton primary />}
        </EmptyState>
      )}
      {open.length > 0 && (
        <Section title={t("list.current")}>
          <CurrentMeetings meetings={open} />
        </Section>
      )}
      {planned.length > 0 && (
        <Section title={t("list.planned")}>
          <MeetingRows meetings={planned} />
        </Section>
      )}
      {past.length > 0 && (
        <Section title={t("list.past")}>
          <MeetingRows meetings={past} />
          {hasNextPage && (
            <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t("list.earlier")}
            </Button>
          )}
        </Section>
      )}
    </Page>
  );
}
