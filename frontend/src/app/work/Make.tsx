/** The window in which something is made of a message: fetched when it opens, with the Markdown that it reads. */
import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "../../features/chat/api";
import { loadWords } from "../../shared/i18n";
import { longDay, timeZone } from "../../shared/lib/dates";
import { patient } from "../../shared/live/patient";
import { useMe, useWorkspace } from "../../shared/session/session";
import { toast } from "../../shared/ui/toast";
import type { Said } from "../../shared/work/context";
import { quoteOf, titleOf } from "../../shared/work/words";
import css from "./Make.module.css";
import type { What } from "./WorkProvider";

const NewTaskDialog = lazy(patient(async () => {
  const [file] = await Promise.all([import("../../features/tasks/components/NewTaskDialog"), loadWords("tasks")]);
  return { default: file.NewTaskDialog };
}));
const DecisionDialog = lazy(patient(async () => {
  const [file] = await Promise.all([import("../../features/chat/components/DecisionDialog"), loadWords("decisions")]);
  return { default: file.DecisionDialog };
}));
const NewEventDialog = lazy(patient(async () => {
  const [file] = await Promise.all([import("../../features/calendar/components/NewEventDialog"), loadWords("calendar")]);
  return { default: file.NewEventDialog };
}));

export function Make({ what, said, onClose }: { what: What; said: Said; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("common");
  const me = useMe();
  const workspace = useWorkspace();
  const origin = { kind: "chat.message", id: said.id };
  const link = `${window.location.origin}/w/${workspace.slug}/discussions/${said.channelId}?message=${said.id}`;
  const signature = `${t("work.signature", { name: said.author, date: longDay(said.at) })}\n${link}`;
  const description = quoteOf(said, signature, 20_000);
  const made = (): void => {
    onClose();
    toast(t(`work.${what}_made`));
  };
  if (what === "decision") {
    return <DecisionDialog from={{ channelId: said.channelId, messageId: said.id, text: said.text }} onClose={onClose} onMade={made} />;
  }
  const note = <Audience channelId={said.channelId} what={what} />;
  if (what === "task") {
    const people = said.people.length > 0 ? [...said.people] : [me.id];
    const first = { title: titleOf(said, 250), description, assignee_ids: people, due_date: null, origin };
    return <NewTaskDialog workspaceId={workspace.id} first={first} note={note} onClose={onClose} onMade={made} />;
  }
  const first = { title: titleOf(said, 200), description, attendees: [] };
  return (
    <NewEventDialog workspaceId={workspace.id} color={workspace.color} zone={timeZone()} first={first} origin={origin} note={note} onClose={onClose} onMade={made} />
  );
}

/** Said before: a board and a calendar are the workspace's, whoever was among those who talked. */
function Audience({ channelId, what }: { channelId: string; what: "task" | "event" }): React.JSX.Element {
  const { t } = useTranslation("common");
  const workspace = useWorkspace();
  const { data } = useQuery(channelsQuery(workspace.id));
  const channel = data?.items.find((one) => one.id === channelId);
  const wider = channel !== undefined && !channel.open;
  return (
    <p className={wider ? css.wider : css.note} role={wider ? "note" : undefined}>
      {t(`work.${what}_seen${wider ? "_wider" : ""}`, { name: workspace.name })}
    </p>
  );
}
