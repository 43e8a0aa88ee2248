import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconLogout, IconPencil, IconUsersPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError, sentenceFor } from "../../../shared/api/errors";
import { useMe } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { DetailsPanel } from "../../../shared/ui/panel";
import { toast } from "../../../shared/ui/toast";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import {
  archiveChannel,
  changeChannel,
  type Channel,
  keys,
  letOut,
  type Level,
  reopenChannel,
  setLevel,
  unreadQuery,
} from "../api";
import { titleOf } from "../lib/title";
import { foldMark } from "../live";
import { ChannelExports } from "./ChannelExports";
import { ChannelHooks } from "./ChannelHooks";
import { ChannelPeople } from "./ChannelPeople";
import { HistoryChoice } from "./HistoryChoice";
import css from "./Dialogs.module.css";

interface Props {
  channel: Channel;
  onClose: () => void;
  onLeft: () => void;
  /** Another conversation with the same people and others. */
  onMore: () => void;
  focusTitle: boolean;
}

/** Who reads it and why, what of it disturbs me, and what its managers may change. */
export function ChannelPanel({ channel, onClose, onLeft, onMore, focusTitle }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const { abilities } = channel.mine;
  const because = channel.people.length > 2 ? "access.group" : channel.kind === "conversation" ? "access.two" : channel.open ? "access.open" : "access.narrow";
  const [renaming, setRenaming] = useState(false);
  const renew = useRenew(channel);
  const leave = (): void =>
    confirm({
      title: t("leave.title", { name: channel.name }),
      consequence: t("leave.consequence"),
      verb: t("leave.verb"),
      act: async () => {
        await letOut(channel.id, me.id);
        onLeft();
      },
    });
  const archive = (): void =>
    confirm({
      title: t("archive.title", { name: channel.name }),
      consequence: t("archive.consequence"),
      verb: t("archive.verb"),
      danger: false,
      act: () => archiveChannel(channel.id).then(renew),
    });
  const reopen = (): void => void reopenChannel(channel.id).then(renew, (error: unknown) => toast(sentenceFor(error, t)));
  return (
    <DetailsPanel title={titleOf(channel, me.id)} meta={channel.topic} onClose={onClose} focusTitle={focusTitle}>
      <WhoHasAccess queryKey={keys.access(channel.id)} scopeId={channel.id} because={t(because)} />
      {abilities.manage_members && <ChannelPeople channel={channel} />}
      <Disturbance channel={channel} />
      <ChannelHooks channel={channel} />
      {channel.kind === "channel" && (abilities.edit || abilities.archive || abilities.leave) && (
        <Section title={t("details.manage")}>
          <div className={css.acts}>
            {abilities.edit && (
              <Button variant="subtle" leftSection={<IconPencil size={18} stroke={1.75} />} onClick={() => setRenaming(true)}>
                {t("details.rename")}
              </Button>
            )}
            {abilities.archive &&
              (channel.archived_at === null ? (
                <Button variant="subtle" leftSection={<IconArchive size={18} stroke={1.75} />} onClick={archive}>
                  {t("archive.verb")}
                </Button>
              ) : (
                <Button variant="subtle" leftSection={<IconArchiveOff size={18} stroke={1.75} />} onClick={reopen}>
                  {t("archive.undo")}
                </Button>
              ))}
            {abilities.leave && (
              <Button variant="subtle" leftSection={<IconLogout size={18} stroke={1.75} />} onClick={leave}>
                {t("leave.verb")}
              </Button>
            )}
          </div>
        </Section>
      )}
      {channel.kind === "conversation" && (
        <Section title={t("details.more")}>
          <p className={css.note}>{t("details.more_help")}</p>
          <Button variant="subtle" leftSection={<IconUsersPlus size={18} stroke={1.75} />} onClick={onMore}>
            {t("details.more_verb")}
          </Button>
        </Section>
      )}
      <ChannelExports channel={channel} />
      {renaming && <RenameDialog channel={channel} onClose={() => setRenaming(false)} />}
    </DetailsPanel>
  );
}

function useRenew(channel: Channel): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    await cache.invalidateQueries({ queryKey: keys.channels(channel.workspace_id) });
  };
}

const LEVELS: readonly Level[] = ["all", "mentions", "nothing"];

function Disturbance({ channel }: { channel: Channel }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const { data } = useQuery(unreadQuery);
  const place = data?.items.find((one) => one.channel_id === channel.id);
  if (!place) return null;
  const choose = (level: Level): void =>
    void setLevel(channel.id, level).then(
      (mark) => foldMark(cache, mark),
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  return (
    <Section title={t("level.title")}>
      <Select
        aria-label={t("level.title")}
        description={t(`level.help_${place.level}`)}
        data={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        value={place.level}
        onChange={(value) => value !== null && choose(value as Level)}
      />
    </Section>
  );
}

function RenameDialog({ channel, onClose }: { channel: Channel; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const renew = useRenew(channel);
  const [name, setName] = useState(channel.name);
  const [topic, setTopic] = useState(channel.topic);
  const [announce, setAnnounce] = useState(channel.announce);
  const [joined, setJoined] = useState(channel.history === "joined");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = fieldError(error, "name", t);
  const save = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const changed = { ...(name !== channel.name && { name }), ...(topic !== channel.topic && { topic }), ...(announce !== channel.announce && { announce }), ...(joined !== (channel.history === "joined") && { history: joined ? ("joined" as const) : ("all" as const) }) };
      if (Object.keys(changed).length > 0) await changeChannel(channel.id, changed);
      await renew();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("details.rename")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={css.form} onSubmit={(event) => void save(event)}>
        <TextInput label={t("new_channel.name")} required maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} error={wrong} data-autofocus />
        <TextInput label={t("new_channel.topic")} maxLength={250} value={topic} onChange={(event) => setTopic(event.currentTarget.value)} />
        <Checkbox
          label={t("new_channel.announce")}
          description={t("new_channel.announce_help")}
          checked={announce}
          onChange={(event) => setAnnounce(event.currentTarget.checked)}
        />
        {!channel.open && <HistoryChoice joined={joined} setJoined={setJoined} />}
        {!channel.open && channel.history === "joined" && !joined && <p className={css.note}>{t("history_rule.opens")}</p>}
        {wrong === undefined && <ProblemNote error={error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ""}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
