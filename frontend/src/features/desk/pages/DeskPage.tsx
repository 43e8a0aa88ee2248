import { IconLayoutDashboard } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { clock, dayKey, dayName, longDay, plainDate } from "../../../shared/lib/dates";
import { firstName } from "../../../shared/lib/names";
import { useMe } from "../../../shared/session/session";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { useNow } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { type Desk, deskQuery, type Occurrence, type Place } from "../api";
import { ApprovalLine } from "../components/ApprovalLine";
import { DocumentLine } from "../components/DocumentLine";
import { EventLine } from "../components/EventLine";
import css from "../components/Lines.module.css";
import { MeetingBlock } from "../components/MeetingBlock";
import { MessageRow } from "../components/MessageRow";
import { MeetNow } from "../components/MeetNow";
import { NewTask } from "../components/NewTask";
import { TaskLine } from "../components/TaskLine";
import { useTicks } from "../hooks/useTicks";
import { inParts } from "../lib/tasks";

type Places = ReadonlyMap<string, Place>;

/** Mon bureau: what is mine across my workspaces. */
export default function DeskPage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  const me = useMe();
  const { data, error, isPending } = useQuery(deskQuery);
  return (
    <Page>
      <PageHeader title={t("hello", { name: firstName(me.name) })} tabTitle={t("title")} meta={data && <Today desk={data} />}>
        {data && data.boards.length > 0 && <NewTask places={data.places.filter((place) => data.boards.includes(place.id))} />}
        {data && data.callable.length > 0 && <MeetNow places={data.places.filter((place) => data.callable.includes(place.id))} />}
      </PageHeader>
      {isPending && <RowsSkeleton />}
      <ProblemNote error={error} />
      {data && data.places.length === 0 && (
        <EmptyState icon={IconLayoutDashboard} title={t("empty.title")} hint={t("empty.hint")}>
          <ButtonLink to="/espaces/nouveau">{t("empty.open")}</ButtonLink>
        </EmptyState>
      )}
      {data && data.places.length > 0 && <Everything desk={data} />}
    </Page>
  );
}

/** The day in one line. */
function Today({ desk }: { desk: Desk }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const now = useNow();
  const today = desk.events.filter((event) => (event.all_day ? event.start : dayKey(event.start)) <= dayKey(now)).length;
  const late = inParts(desk.tasks, now).find(([part]) => part === "late")?.[1].length ?? 0;
  const rest = [t("today.events", { count: today }), late > 0 && t("today.late", { count: late })].filter(Boolean).join(", ");
  return (
    <>
      <span className={css.capital}>{t("today.now", { day: longDay(now), time: clock(now) })}</span> · {rest}
    </>
  );
}

function Everything({ desk }: { desk: Desk }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const places: Places = new Map(desk.places.map((place) => [place.id, place]));
  const ofEvents = new Set(desk.events.map((event) => event.meeting_id));
  const alone = desk.meetings.filter((meeting) => !ofEvents.has(meeting.id));
  return (
    <>
      {alone.map((meeting) => {
        const place = places.get(meeting.workspace_id);
        return place && <MeetingBlock key={meeting.id} meeting={meeting} slug={place.slug} />;
      })}
      <div className={css.columns}>
        <div>
          <Approvals desk={desk} places={places} />
          <Tasks desk={desk} places={places} />
        </div>
        <div>
          <Events desk={desk} places={places} />
          <Section title={t("mentions.title")} note={desk.mentions.length > 0 && t("mentions.unread", { count: desk.mentions.length })}>
            {desk.mentions.length === 0 && <p className={css.none}>{t("mentions.none")}</p>}
            <ul role="list" className={css.list}>
              {desk.mentions.map((line) => {
                const place = places.get(line.workspace_id);
                return (
                  place && (
                    <li key={line.message.id}>
                      <MessageRow line={line} slug={place.slug} place={place.name} />
                    </li>
                  )
                );
              })}
            </ul>
          </Section>
          <Section title={t("documents.mine")}>
            {desk.documents.length === 0 && <p className={css.none}>{t("documents.none")}</p>}
            <ul role="list" className={css.list}>
              {desk.documents.map((node) => {
                const place = places.get(node.workspace_id);
                return (
                  place && (
                    <li key={node.id}>
                      <DocumentLine node={node} slug={place.slug} place={place.name} />
                    </li>
                  )
                );
              })}
            </ul>
          </Section>
          <Drafts desk={desk} places={places} />
        </div>
      </div>
    </>
  );
}

/** What waits for my answer; nothing waits, nothing shows. */
function Approvals({ desk, places }: { desk: Desk; places: Places }): React.JSX.Element | null {
  const { t } = useTranslation("desk");
  if (desk.approvals.length === 0) return null;
  return (
    <Section title={t("approvals.title")} note={t("approvals.count", { count: desk.approvals.length })}>
      <ul role="list" className={css.list}>
        {desk.approvals.map((line) => {
          const place = places.get(line.node.workspace_id);
          return (
            place && (
              <li key={line.approval.id}>
                <ApprovalLine line={line} slug={place.slug} place={place.name} />
              </li>
            )
          );
        })}
      </ul>
    </Section>
  );
}

function Tasks({ desk, places }: { desk: Desk; places: Places }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const now = useNow();
  const { withTicked, toggle } = useTicks();
  const parts = inParts(withTicked(desk.tasks), now);
  return (
    <Section title={t("tasks.mine")}>
      {parts.length === 0 && <p className={css.none}>{t("tasks.none")}</p>}
      {parts.map(([part, tasks]) => (
        <div key={part} className={css.group}>
          <h3 className={css.part} data-part={part}>
            {t(`part.${part}`)}
          </h3>
          <ul role="list" className={css.list}>
            {tasks.map((task) => {
              const place = places.get(task.workspace_id);
              return (
                place && (
                  <li key={task.id}>
                    <TaskLine
                      task={task}
                      slug={place.slug}
                      place={place.name}
                      canEdit={desk.abilities[task.workspace_id]?.others.edit ?? task.completed_at !== null}
                      onToggle={toggle}
                    />
                  </li>
                )
              );
            })}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function Events({ desk, places }: { desk: Desk; places: Places }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const now = useNow();
  // what began before today goes on today
  const dayOf = (event: Occurrence): string => {
    const day = event.all_day ? event.start : dayKey(event.start);
    return day < dayKey(now) ? dayKey(now) : day;
  };
  const days = [...new Set(desk.events.map(dayOf))];
  return (
    <Section title={t("events.next")}>
      {days.length === 0 && <p className={css.none}>{t("events.none")}</p>}
      {days.map((day) => {
        const events = desk.events.filter((event) => dayOf(event) === day);
        const name = dayName(plainDate(day), now);
        return (
          <div key={day} className={css.group}>
            <h3 className={css.part}>{name}</h3>
            <ul role="list">
              {events.map((event) => {
                const place = places.get(event.workspace_id);
                return (
                  place && (
                    <li key={`${event.id} ${event.recurrence_id ?? ""}`}>
                      <EventLine
                        event={event}
                        slug={place.slug}
                        place={place.name}
                        meeting={desk.meetings.find((meeting) => meeting.id === event.meeting_id)}
                      />
                    </li>
                  )
                );
              })}
            </ul>
          </div>
        );
      })}
    </Section>
  );
}

function Drafts({ desk, places }: { desk: Desk; places: Places }): React.JSX.Element | null {
  const { t } = useTranslation("desk");
  if (desk.drafts.length === 0) return null;
  return (
    <Section title={t("drafts.title")}>
      <ul role="list" className={css.list}>
        {desk.drafts.map(({ draft, channel_name: channel }) => {
          const place = places.get(draft.workspace_id);
          return (
            place && (
              <li key={draft.id} className={css.line}>
                <span className={css.words}>
                  <span className={css.meta}>
                    {place.name}, {channel}
                  </span>
                  <Link
                    to="/w/$slug/discussions/$channelId"
                    params={{ slug: place.slug, channelId: draft.channel_id }}
                    search={draft.thread_id === null ? {} : { fil: draft.thread_id }}
                    className={css.said}
                  >
                    {draft.text}
                  </Link>
                </span>
              </li>
            )
          );
        })}
      </ul>
    </Section>
  );
}
