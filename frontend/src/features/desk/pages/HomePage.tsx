import { IconHome } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ago, longDay, weekNumber } from "../../../shared/lib/dates";
import { usePresence } from "../../../shared/live/presence";
import { useMe, useWorkspace, type Workspace } from "../../../shared/session/session";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { cx } from "../../../shared/ui/cx";
import { useNow } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { WorkspaceTile } from "../../../shared/ui/WorkspaceTile";
import { type Home, homeQuery, markVisit, membersQuery } from "../api";
import { DocumentLine } from "../components/DocumentLine";
import { EventLine } from "../components/EventLine";
import css from "../components/Lines.module.css";
import { MeetingBlock } from "../components/MeetingBlock";
import { MessageRow } from "../components/MessageRow";
import { TaskLine } from "../components/TaskLine";
import { useTicks } from "../hooks/useTicks";

/** Accueil: what goes on in a workspace, alive. */
export default function HomePage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  const workspace = useWorkspace();
  const { data, error, isPending } = useQuery(homeQuery(workspace.id));
  const now = useNow();
  useVisit(workspace.id, data !== undefined);
  return (
    <Page>
      <PageHeader
        title={workspace.name}
        tabTitle={`${t("home.title")}, ${workspace.name}`}
        icon={<WorkspaceTile name={workspace.name} color={workspace.color} size={48} />}
        meta={
          <>
            {t("home.day", { day: longDay(now), week: weekNumber(now) })}
            {data && ` · ${t("home.members", { count: data.members })}`}
            {data && data.guests > 0 && `, ${t("home.guests", { count: data.guests })}`}
            {" · "}
            <Link to="/w/$slug/membres" params={{ slug: workspace.slug }}>
              {t("home.access")}
            </Link>
          </>
        }
      >
        <Present workspaceId={workspace.id} />
      </PageHeader>
      {isPending && <RowsSkeleton />}
      <ProblemNote error={error} />
      {data && <GoingOn home={data} workspace={workspace} />}
    </Page>
  );
}

/** Looking is visiting: said once the page is there, so that what is new was new when it was drawn. */
function useVisit(workspaceId: string, isHere: boolean): void {
  useEffect(() => {
    if (!isHere) return;
    // a visit that could not be kept only makes the next one show more as new
    markVisit(workspaceId).catch(() => undefined);
  }, [workspaceId, isHere]);
}

/** Who is here now, told by the socket. */
function Present({ workspaceId }: { workspaceId: string }): React.JSX.Element | null {
  const { t } = useTranslation("desk");
  const presence = usePresence(workspaceId);
  const { data } = useQuery(membersQuery(workspaceId));
  const here = (data?.items ?? []).map((member) => member.person).filter((person) => presence[person.id] !== undefined);
  if (here.length === 0) return null;
  return (
    <span className={css.present}>
      <AvatarStack people={here} size={32} />
      <span>{t("home.present", { count: here.length })}</span>
    </span>
  );
}

function GoingOn({ home, workspace }: { home: Home; workspace: Workspace }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const me = useMe();
  const presence = usePresence(workspace.id);
  // what was new when I came stays marked while I look, whatever the later answers say
  const [since] = useState(home.since);
  const { slug } = workspace;
  const isCalm =
    !home.today?.length && !home.documents?.items.length && !home.messages?.items.length && !home.tasks?.items.length && !home.meetings?.length;
  if (isCalm) return <EmptyState icon={IconHome} title={t("home.empty")} hint={t("home.hint")} />;
  return (
    <>
      {home.meetings?.map((meeting) => <MeetingBlock key={meeting.id} meeting={meeting} slug={slug} />)}
      <div className={cx(css.columns, css.home)}>
        <div>
          {home.documents && (
            <Section
              title={t("documents.changed")}
              note={since !== null && t("documents.since", { when: ago(since) })}
              action={<To to="/w/$slug/documents" slug={slug} label={t("documents.all")} />}
            >
              {home.documents.items.length === 0 && <p className={css.none}>{t("documents.none")}</p>}
              <ul role="list" className={css.list}>
                {home.documents.items.map((node) => (
                  <li key={node.id}>
                    <DocumentLine
                      node={node}
                      slug={slug}
                      isNew={since !== null && node.modified_at > since && node.modified_by.id !== me.id}
                    />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {home.messages && (
            <Section title={t("messages.last")} action={<To to="/w/$slug/discussions" slug={slug} label={t("messages.open")} />}>
              {home.messages.items.length === 0 && <p className={css.none}>{t("messages.none")}</p>}
              <ul role="list" className={css.list}>
                {home.messages.items.map((line) => (
                  <li key={line.message.id}>
                    <MessageRow
                      line={line}
                      slug={slug}
                      presence={presence[line.message.author.id] ?? null}
                      unread={home.messages?.unread[line.message.channel_id] ?? 0}
                    />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
        <div>
          {home.today && (
            <Section title={t("part.today")} action={<To to="/w/$slug/agenda" slug={slug} label={t("events.calendar")} />}>
              {home.today.length === 0 && <p className={css.none}>{t("events.free")}</p>}
              <ul role="list">
                {home.today.map((event) => (
                  <li key={`${event.id} ${event.recurrence_id ?? ""}`}>
                    <EventLine
                      event={event}
                      slug={slug}
                      meeting={home.meetings?.find((meeting) => meeting.id === event.meeting_id)}
                    />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {home.tasks && <Board tasks={home.tasks} workspace={workspace} />}
        </div>
      </div>
    </>
  );
}

function Board({ tasks, workspace }: { tasks: NonNullable<Home["tasks"]>; workspace: Workspace }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const { withTicked, toggle } = useTicks();
  const counts = [
    tasks.late > 0 && t("tasks.late", { count: tasks.late }),
    tasks.coming > 0 && t("tasks.coming", { count: tasks.coming }),
  ];
  return (
    <Section
      title={t("tasks.title")}
      note={counts.filter(Boolean).join(", ")}
      action={<To to="/w/$slug/taches" slug={workspace.slug} label={t("tasks.board")} />}
    >
      {tasks.items.length === 0 && <p className={css.none}>{t("tasks.calm")}</p>}
      <ul role="list" className={css.list}>
        {withTicked(tasks.items).map((task) => (
          <li key={task.id}>
            <TaskLine
              task={task}
              slug={workspace.slug}
              people
              canEdit={tasks.abilities[workspace.id]?.others.edit ?? false}
              onToggle={toggle}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Room = "/w/$slug/documents" | "/w/$slug/discussions" | "/w/$slug/agenda" | "/w/$slug/taches";

function To({ to, slug, label }: { to: Room; slug: string; label: string }): React.JSX.Element {
  return (
    <Link to={to} params={{ slug }} className={css.action}>
      {label}
    </Link>
  );
}
