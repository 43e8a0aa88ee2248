import { ActionIcon, Select } from "@mantine/core";
import { IconUserMinus, IconUserPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { usePresence } from "../../../shared/live/presence";
import { useMe } from "../../../shared/session/session";
import { Section } from "../../../shared/ui/Page";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { type Channel, keys, letIn, letOut, membersQuery, workspaceMembersQuery } from "../api";
import css from "./Dialogs.module.css";

/** Those who were let in by name, and the way in for others. */
export function ChannelPeople({ channel }: { channel: Channel }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const me = useMe();
  const presence = usePresence(channel.workspace_id);
  const { data } = useQuery(membersQuery(channel.id));
  const { data: all } = useQuery(workspaceMembersQuery(channel.workspace_id));
  const [adding, setAdding] = useState<string | null>(null);
  const inside = new Set(data?.items.map((one) => one.person.id));
  const outside = all?.items.filter((one) => !inside.has(one.person.id)) ?? [];
  const granted = data?.items.filter((one) => one.granted) ?? [];
  const change = async (act: Promise<unknown>): Promise<void> => {
    try {
      await act;
    } catch (failure) {
      toast(sentenceFor(failure, t));
    }
    await cache.invalidateQueries({ queryKey: keys.members(channel.id) });
    await cache.invalidateQueries({ queryKey: keys.access(channel.id) });
  };
  const add = (id: string | null): void => {
    setAdding(null);
    if (id !== null) void change(letIn(channel.id, id));
  };
  if (granted.length === 0 && outside.length === 0) return <></>;
  return (
    <Section title={t("details.people")}>
      <ul role="list">
        {granted.map((one) => (
          <li key={one.person.id} className={css.line}>
            <PersonAvatar person={one.person} size={28} presence={presence[one.person.id] ?? null} />
            <span className={css.personName}>
              {one.person.name} {one.guest && <GuestTag />}
            </span>
            {one.person.id !== me.id && (
              <ActionIcon aria-label={t("details.let_out", { name: one.person.name })} onClick={() => void change(letOut(channel.id, one.person.id))}>
                <IconUserMinus size={18} stroke={1.75} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {outside.length > 0 && (
        <Select
          description={t(channel.history === "joined" ? "history_rule.told_joined" : "history_rule.told_all")}
          label={t("details.let_in")}
          leftSection={<IconUserPlus size={18} stroke={1.75} />}
          searchable
          nothingFoundMessage={t("new_conversation.nobody")}
          placeholder={t("details.choose")}
          data={outside.map((one) => ({ value: one.person.id, label: one.person.name }))}
          value={adding}
          onChange={add}
        />
      )}
    </Section>
  );
}
