import { Modal, TextInput } from "@mantine/core";
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

/** To whom; nobody else will read it. */
export function NewConversationDialog({ onClose, onOpened }: { onClose: () => void; onOpened: (channel: Channel) => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const presence = usePresence(workspace.id);
  const { data, isPending } = useQuery(workspaceMembersQuery(workspace.id));
  const [text, setText] = useState("");
  const [error, setError] = useState<unknown>(null);
  const people = (data?.items ?? [])
    .filter((one) => one.person.id !== me.id)
    .map((one) => ({ ...one.person, guest: one.role === "guest" }));
  const found = matching(people, text, 200);
  const write = async (id: string): Promise<void> => {
    setError(null);
    try {
      const channel = await openConversation(workspace.id, newId(), id);
      await cache.invalidateQueries({ queryKey: keys.channels(workspace.id) });
      void cache.invalidateQueries({ queryKey: keys.unread });
      onOpened(channel);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("new_conversation.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={css.form}>
        <p className={css.note}>{t("new_conversation.who_reads")}</p>
        <TextInput label={t("new_conversation.search")} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
        <ProblemNote error={error} />
        {isPending && <RowsSkeleton rows={3} />}
        {data && (
          <ul role="list" className={css.people} aria-label={t("new_conversation.people")}>
            {found.map((person) => (
              <li key={person.id}>
                <button type="button" className={css.person} onClick={() => void write(person.id)}>
                  <PersonAvatar person={person} size={28} presence={presence[person.id] ?? null} />
                  <span className={css.personName}>{person.name}</span>
                  {person.guest && <GuestTag />}
                </button>
              </li>
            ))}
            {found.length === 0 && <li className={css.person}>{t("new_conversation.nobody")}</li>}
          </ul>
        )}
      </div>
    </Modal>
  );
}
