import { IconHome } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ago, longDay, weekNumber } from "../../../shared/lib/dates";
import { usePresence } from "../../../shared/live/presence";
import { useMe, useWorkspace, type Workspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { useNow } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { DetailsPanel } from "../../../shared/ui/panel";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { WorkspaceTile } from "../../../shared/ui/WorkspaceTile";
import { accessQuery, type Home, homeQuery } from "../api";
import { DocumentLine } from "../components/DocumentLine";
import { EventLine } from "../components/EventLine";
import css from "../components/Lines.module.css";
import { MeetingBlock } from "../components/MeetingBlock";
import { MessageRow } from "../components/MessageRow";
import { Present, PresentFaces } from "../components/Present";
import { TaskLine } from "../components/TaskLine";
import { useTicks } from "../hooks/useTicks";
import { useVisit } from "../hooks/useVisit";

/** Accueil: what goes on in a workspace, alive. */
export default function HomePage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  const workspace = useWorkspace();
  const { data, error, isPending } = useQuery(homeQuery(workspace.id));
  const now = useNow();
  useVisit(workspace.id);
  const [isAsking, setAsking] = useState(false);
  const isGuest = workspace.mine.role === "guest";
  return (
    <Page>
      <PageHeader
        title={workspace.name}
        tabTitle={`${t("home.title")}, ${workspace.name}`}
        icon={<WorkspaceTile name={workspace.name} color={workspace.color} size={48} />}
        meta={
          <>
            <span className={css.capital}>{t("home.day", { day: longDay(now), week: weekNumber(now) })}</span>
            {data && ` · ${t("home.members", { count: data.members })}`}
            {data && data.guests > 0 && `, ${t("home.guests", { count: data.guests })}`}
            {" · "}
            {isGuest ? (
              <Link to="/w/$slug/membres" params={{ slug: workspace.slug }} className={css.underlined}>
                {t("home.people")}
              </Link>
            ) : (
              <button type="button" className={css.link} aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
                {t("home.access")}
              </button>
            )}
          </>
        }
      >
        <Present workspaceId={workspace.id} />
      </PageHeader>
      <PresentFaces workspaceId={workspace.id} />
      {isPending && <RowsSkeleton />}
      <ProblemNote error={error} />
      {data && <GoingOn home={data} workspace={workspace} />}
      {isAsking && (
        <DetailsPanel title={workspace.name} onClose={() => setAsking(false)} focusTitle>
          <WhoHasAccess query={accessQuery(workspace.id)} because={t("home.because")} />
          <Link to="/w/$slug/membres" params={{ slug: workspace.slug }} className={css.action}>
            {t("home.people")}
          </Link>
        </DetailsPanel>
      )}
    </Page>
  );
}

function GoingOn({ home, workspace }: { home: Home; workspace: Workspace }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const me = useMe();
  const presence = usePresence(workspace.id);
  const { slug } = workspace;
  const { since } = home;
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
              note={since !== null && home.documents.changed > 0 && t("documents.since", { count: home.documents.changed, when: ago(since) })}
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
            <Section title={t("messages.last")} action={
                <span className={css.actions}>
                  <To to="/w/$slug/decisions" slug={slug} label={t("messages.decisions")} />
                  <To to="/w/$slug/discussions" slug={slug} label={t("messages.open")} />
                </span>
              }
            >
              {home.messages.items.length === 0 && <p className={css.none}>{t("messages.none")}</p>}
              <ul role="list" className={css.list}>
                {home.messages.items.map((line) => (
                  <li key={line.message.id}>
                    <MessageRow
                      line={line}
                      slug={slug}
                      presence={presence[line.message.author.id] ?? null}
                      unread={line.unread && line.message.author.id !== me.id ? (home.messages?.unread[line.message.channel_id] ?? 0) : 0}
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

type Room = "/w/$slug/documents" | "/w/$slug/discussions" | "/w/$slug/decisions" | "/w/$slug/agenda" | "/w/$slug/taches";

function To({ to, slug, label }: { to: Room; slug: string; label: string }): React.JSX.Element {
  return (
    <Link to={to} params={{ slug }} className={css.action}>
      {label}
    </Link>
  );
}
