import { IconAlarm, IconCalendarEvent, IconEyeOff, IconGavel, IconHistory, IconLink, IconMessage2, IconMoodPlus, IconPencil, IconPin, IconPinnedOff, IconSquareCheck, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RowAction } from "../../../shared/ui/RowMenu";
import { type Said, useWork } from "../../../shared/work/context";
import type { Channel, Message } from "../api";
import type { MessageActs } from "../components/MessageRow";
import { isGroup } from "../lib/groups";

export interface MenuOf {
  message: Message;
  mine: boolean;
  abilities: Channel["mine"]["abilities"];
  acts: MessageActs;
  setEditing: (id: string | null) => void;
  showHistory: () => void;
  pick: (() => void) | null;
  remindMe: () => void;
}

/** All that one may do with a message, in the order of the menu: one line per entry, what destroys comes last. */
export function useMessageMenu({ message, mine, abilities, acts, setEditing, showHistory, pick, remindMe }: MenuOf): RowAction[] {
  const { t } = useTranslation("chat");
  const work = useWork();
  const may = mine ? abilities.own : abilities.others;
  const pinning = message.pinned === null;
  const entries: (RowAction | false | null)[] = [
    pick && { key: "react", label: t("reaction.add"), icon: IconMoodPlus, onSelect: pick },
    acts.reply && abilities.reply && { key: "reply", label: t("act.reply"), icon: IconMessage2, onSelect: () => acts.reply?.(message) },
    { key: "link", label: t("act.copy_link"), icon: IconLink, onSelect: () => acts.copyLink(message) },
    abilities.pin && { key: "pin", label: pinning ? t("pins.pin") : t("pins.unpin"), icon: pinning ? IconPin : IconPinnedOff, onSelect: () => acts.pin(message, pinning) },
    acts.unreadFrom && { key: "unread", label: t("act.unread_from"), icon: IconEyeOff, onSelect: () => acts.unreadFrom?.(message) },
    { key: "remind", label: t("reminder.me"), icon: IconAlarm, onSelect: remindMe },
    work.task && { key: "task", label: t("common:work.make_task"), icon: IconSquareCheck, onSelect: () => work.task?.(saidIn(message)) },
    work.event && { key: "event", label: t("common:work.make_event"), icon: IconCalendarEvent, onSelect: () => work.event?.(saidIn(message)) },
    abilities.post && work.decision && { key: "decision", label: t("common:work.make_decision"), icon: IconGavel, onSelect: () => work.decision?.(saidIn(message)) },
    message.edited_at !== null && abilities.revisions && { key: "history", label: t("act.history"), icon: IconHistory, onSelect: showHistory },
    mayEdit(may, abilities, message) && message.poll === null && { key: "edit", label: t("act.edit"), icon: IconPencil, onSelect: () => setEditing(message.id) },
    may.delete && { key: "delete", label: t("act.delete"), icon: IconTrash, danger: true, onSelect: () => acts.remove(message) },
  ];
  return entries.filter((one): one is RowAction => one !== null && one !== false);
}

/** Its words may still be changed: the server has the last word. */
export function mayEdit(may: { edit: boolean }, { edit_minutes }: MenuOf["abilities"], message: Message): boolean {
  return may.edit && (edit_minutes === null || Date.now() <= Date.parse(message.created_at) + edit_minutes * 60_000);
}

/** What can be made of a message needs this much of it; groups (« tous ») are nobody in particular. */
function saidIn(message: Message): Said {
  return {
    id: message.id,
    channelId: message.channel_id,
    author: message.author.name,
    at: message.created_at,
    text: message.text,
    people: message.mentions.map((one) => one.id).filter((id) => !isGroup(id)),
  };
}
