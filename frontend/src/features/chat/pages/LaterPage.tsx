import { Button } from "@mantine/core";
import { IconAlarm, IconArrowLeft, IconClock } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { planned, timeZone } from "../../../shared/lib/dates";
import { OneLine } from "../../../shared/prose/Prose";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { useNow } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { cancelScheduled, changeScheduled, type Channel, channelsQuery, forgetReminder, laterKeys, remind, type Reminder, remindersQuery, type Scheduled, scheduledQuery, sendScheduled } from "../api";
import { WhenDialog } from "../components/WhenDialog";
import { remindingTimes, sendingTimes } from "../lib/later";
import { foldScheduled } from "../lib/laterFolds";
import { titleOf } from "../lib/title";
import css from "./LaterPage.module.css";

/** What I put off in this workspace: messages that wait for their time, and messages to come back to. */
export default function LaterPage(): React.JSX.Element {
  const { t } = useTranslation("chat");
  const workspace = useWorkspace();
  const { data: channels } = useQuery(channelsQuery(workspace.id));
  const places = new Map(channels?.items.map((one) => [one.id, one]));
  const scheduled = useQuery(scheduledQuery);
  const reminders = useQuery(remindersQuery);
  const here = <T extends { workspace_id: string }>(items: readonly T[] | undefined): T[] | undefined => items?.filter((one) => one.workspace_id === workspace.id);
  const messages = here(scheduled.data?.items);
  const kept = here(reminders.data?.items);
  return (
    <Page narrow>
      <Link className={css.back} to="/w/$slug/discussions" params={{ slug: workspace.slug }} search={{}}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {t("later.back")}
      </Link>
      <PageHeader title={t("later.title")} tabTitle={`${t("later.title")} · ${workspace.name}`} meta={t("later.lead")} />
      <Section title={t("later.messages")}>
        <ProblemNote error={scheduled.error} />
        {!messages && !scheduled.error && <RowsSkeleton rows={2} />}
        {messages?.length === 0 && <EmptyState icon={IconClock} title={t("later.no_messages")} hint={t("later.no_messages_hint")} />}
        {messages && messages.length > 0 && (
          <ul role="list" className={css.list}>
            {messages.map((row) => (
              <ScheduledLine key={row.id} row={row} channel={places.get(row.channel_id)} />
            ))}
          </ul>
        )}
      </Section>
      <Section title={t("reminder.list")}>
        <ProblemNote error={reminders.error} />
        {!kept && !reminders.error && <RowsSkeleton rows={2} />}
        {kept?.length === 0 && <EmptyState icon={IconAlarm} title={t("reminder.none")} hint={t("reminder.none_hint")} />}
        {kept && kept.length > 0 && (
          <ul role="list" className={css.list}>
            {kept.map((one) => (
              <ReminderLine key={one.id} reminder={one} channel={places.get(one.channel_id)} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

/** Where it belongs: the conversation or its thread, or that one no longer sees it. */
function Place({ channel, thread, message }: { channel: Channel | undefined; thread: string | null; message?: string }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  if (!channel) return <span className={css.place}>{t("later.lost_place")}</span>;
  const search = { ...(thread !== null && { fil: thread }), ...(message !== undefined && { message }) };
  return (
    <span className={css.place}>
      <Link to="/w/$slug/discussions/$channelId" params={{ slug: workspace.slug, channelId: channel.id }} search={search}>
        {titleOf(channel, me.id)}
      </Link>
      {thread !== null && ` · ${t("later.in_thread")}`}
    </span>
  );
}

function ScheduledLine({ row, channel }: { row: Scheduled; channel: Channel | undefined }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const now = useNow();
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const when = planned(row.at, now);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await sendScheduled(row.id);
      toast(t("later.sent"));
    } catch (error) {
      toast(sentenceFor(error, t));
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey: laterKeys.scheduled });
    }
  };
  const cancel = (): void =>
    confirm({
      title: t("later.cancel_title"),
      consequence: t("later.cancel_consequence"),
      verb: t("later.cancel"),
      act: async () => {
        await cancelScheduled(row.id);
        await cache.invalidateQueries({ queryKey: laterKeys.scheduled });
      },
    });
  return (
    <li className={css.one} data-scheduled={row.id}>
      <div className={css.words}>
        <span className={css.when}>{when}</span>
        <Place channel={channel} thread={row.thread_id} />
        {row.text !== "" && (
          <p className={css.text}>
            <OneLine text={row.text} />
          </p>
        )}
        {row.files.length > 0 && <span className={css.place}>{t("later.files", { count: row.files.length })}</span>}
        {row.refused !== null && (
          <p className={css.refused} role="alert">
            {t("later.refused", { why: t([`errors:${row.refused}`, "errors:unknown"]) })}
          </p>
        )}
      </div>
      <div className={css.acts}>
        {channel ? (
          <>
            <Button size="sm" variant="default" aria-label={t("later.now_of", { when })} loading={busy} onClick={() => void send()}>
              {t("later.send_now")}
            </Button>
            <Button size="sm" variant="default" aria-label={t("later.edit_of", { when })} onClick={() => setEditing(true)}>
              {t("later.edit")}
            </Button>
          </>
        ) : (
          <Button size="sm" variant="default" onClick={() => void navigator.clipboard.writeText(row.text).then(() => toast(t("later.copied")), () => toast(t("errors:unknown")))}>
            {t("later.copy")}
          </Button>
        )}
        <Button size="sm" variant="subtle" aria-label={t("later.cancel_of", { when })} onClick={cancel}>
          {t("later.cancel")}
        </Button>
      </div>
      {editing && (
        <WhenDialog
          title={t("later.edit_of", { when })}
          verb={t("later.save")}
          moments={sendingTimes(now, timeZone())}
          at={row.at}
          text={row.text}
          act={async (at, text) => {
            const next = await changeScheduled(row.id, { text, at: at.toISOString() });
            foldScheduled(cache, next);
            toast(t("later.changed", { when: planned(next.at) }));
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </li>
  );
}

function ReminderLine({ reminder, channel }: { reminder: Reminder; channel: Channel | undefined }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const now = useNow();
  const [moving, setMoving] = useState(false);
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: laterKeys.reminders });
  const name = reminder.author ?? t("later.lost_place");
  return (
    <li className={css.one} data-reminder={reminder.id}>
      <div className={css.words}>
        <span className={css.when}>{planned(reminder.at, now)}</span>
        <Place channel={reminder.text === null ? undefined : channel} thread={reminder.thread_id} message={reminder.message_id} />
        {reminder.text === null ? (
          <p className={css.hidden}>{t("reminder.hidden")}</p>
        ) : (
          <p className={css.text}>
            <strong>{reminder.author}</strong> <OneLine text={reminder.text} />
          </p>
        )}
      </div>
      <div className={css.acts}>
        {reminder.text !== null && (
          <Button size="sm" variant="default" aria-label={t("reminder.move_of", { name })} onClick={() => setMoving(true)}>
            {t("reminder.move")}
          </Button>
        )}
        <Button
          size="sm"
          variant="subtle"
          aria-label={t("reminder.forget_of", { name })}
          onClick={() => void forgetReminder(reminder.id).then(again, (error: unknown) => toast(sentenceFor(error, t)))}
        >
          {t("later.cancel")}
        </Button>
      </div>
      {moving && (
        <WhenDialog
          title={t("reminder.title")}
          verb={t("later.save")}
          moments={remindingTimes(now, timeZone())}
          at={reminder.at}
          act={async (at) => {
            await remind(reminder.message_id, at.toISOString());
            await again();
            toast(t("reminder.moved"));
          }}
          onClose={() => setMoving(false)}
        />
      )}
    </li>
  );
}
