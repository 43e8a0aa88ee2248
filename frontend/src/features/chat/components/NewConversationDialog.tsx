import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { usePresence } from "../../../shared/live/presence";
import { matching } from "../../../shared/prose/mentions";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { type Channel, keys, openConversation, workspaceMembersQuery } from "../api";
import css from "./Dialogs.module.css";

/** The others of a group: fifteen with oneself. */
const MOST = 14;

/** To whom: one person or several; nobody else will read it. */
export function NewConversationDialog({ first = [], onClose, onOpened }: { first?: readonly string[]; onClose: () => void; onOpened: (channel: Channel) => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const presence = usePresence(workspace.id);
  const { data, isPending } = useQuery(workspaceMembersQuery(workspace.id));
  const [text, setText] = useState("");
  const [id] = useState(newId);
  const [chosen, setChosen] = useState<readonly string[]>(first);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const people = (data?.items ?? [])
    .filter((one) => one.person.id !== me.id)
    .map((one) => ({ ...one.person, guest: one.role === "guest" }));
  const found = matching(people, text, 200);
  const names = chosen.map((one) => people.find((person) => person.id === one)?.name ?? "");
  const toggle = (one: string): void => setChosen(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const write = async (): Promise<void> => {
    if (busy || chosen.length === 0) return;
    setError(null);
    setBusy(true);
    try {
      const channel = await openConversation(workspace.id, id, [...chosen]);
      await cache.invalidateQueries({ queryKey: keys.channels(workspace.id) });
      void cache.invalidateQueries({ queryKey: keys.unread });
      onOpened(channel);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("new_conversation.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={css.form}>
        <p className={css.note}>{chosen.length > 1 ? t("new_conversation.who_reads_group", { count: chosen.length + 1 }) : t("new_conversation.who_reads")}</p>
        <TextInput label={t("new_conversation.search")} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
        <ProblemNote error={error} />
        {isPending && <RowsSkeleton rows={3} />}
        {data && (
          <ul role="list" className={css.people} aria-label={t("new_conversation.people")}>
            {found.map((person) => (
              <li key={person.id}>
                <label className={css.person}>
                  <Checkbox
                    aria-label={person.name}
                    checked={chosen.includes(person.id)}
                    disabled={!chosen.includes(person.id) && chosen.length >= MOST}
                    onChange={() => toggle(person.id)}
                  />
                  <PersonAvatar person={person} size={28} presence={presence[person.id] ?? null} />
                  <span className={css.personName}>{person.name}</span>
                  {person.guest && <GuestTag />}
                </label>
              </li>
            ))}
            {found.length === 0 && <li className={css.person}>{t("new_conversation.nobody")}</li>}
          </ul>
        )}
        <div className={css.buttons}>
          <span className={css.chosen} role="status">
            {names.length > 0 && t("new_conversation.chosen", { names: names.join(", ") })}
          </span>
          <Button disabled={chosen.length === 0} loading={busy} onClick={() => void write()}>
            {t("new_conversation.write", { count: chosen.length })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
