import { Button, Checkbox, Modal, Radio, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { newId } from "../../../shared/lib/ids";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { type Channel, keys, openChannel, workspaceMembersQuery } from "../api";
import { HistoryChoice } from "./HistoryChoice";
import css from "./Dialogs.module.css";

/** A name, a subject, and who reads it: the whole workspace, or some. */
export function NewChannelDialog({ onClose, onOpened }: { onClose: () => void; onOpened: (channel: Channel) => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const { data } = useQuery(workspaceMembersQuery(workspace.id));
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const [open, setOpen] = useState(true);
  const [announce, setAnnounce] = useState(false);
  const [joined, setJoined] = useState(false);
  const [members, setMembers] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const others = data?.items.filter((one) => one.person.id !== me.id && (!open || one.role === "guest")) ?? [];
  const wrong = fieldError(error, "name", t);
  const create = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || name.trim() === "") return;
    setBusy(true);
    setError(null);
    const shown = new Set(others.map((one) => one.person.id));
    try {
      const channel = await openChannel(workspace.id, { id, name, topic, open, announce, history: !open && joined ? "joined" : "all", members: members.filter((one) => shown.has(one)) });
      await cache.invalidateQueries({ queryKey: keys.channels(workspace.id) });
      void cache.invalidateQueries({ queryKey: keys.unread });
      onOpened(channel);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("new_channel.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={css.form} onSubmit={(event) => void create(event)}>
        <TextInput
          label={t("new_channel.name")}
          description={t("new_channel.name_help")}
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong}
          data-autofocus
        />
        <TextInput label={t("new_channel.topic")} maxLength={250} value={topic} onChange={(event) => setTopic(event.currentTarget.value)} />
        <Radio.Group label={t("new_channel.who")} value={open ? "open" : "narrow"} onChange={(value) => setOpen(value === "open")}>
          <div className={css.form}>
            <Radio value="open" label={t("new_channel.open")} />
            <Radio value="narrow" label={t("new_channel.narrow")} />
          </div>
        </Radio.Group>
        <Checkbox
          label={t("new_channel.announce")}
          description={t("new_channel.announce_help")}
          checked={announce}
          onChange={(event) => setAnnounce(event.currentTarget.checked)}
        />
        {!open && <HistoryChoice joined={joined} setJoined={setJoined} />}
        {others.length > 0 && (
          <Checkbox.Group
            label={open ? t("new_channel.guests") : t("new_channel.people")}
            description={open ? t("new_channel.past") : undefined}
            value={members}
            onChange={setMembers}
          >
            <ul role="list" className={css.people}>
              {others.map(({ person, role }) => (
                <li key={person.id}>
                  <label className={css.person}>
                    <Checkbox value={person.id} aria-label={person.name} />
                    <PersonAvatar person={person} size={28} />
                    <span className={css.personName}>{person.name}</span>
                    {role === "guest" && <GuestTag />}
                  </label>
                </li>
              ))}
            </ul>
          </Checkbox.Group>
        )}
        {wrong === undefined && <ProblemNote error={error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ""}>
            {t("new_channel.create")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
