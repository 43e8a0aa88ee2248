import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMicrophone, IconMicrophoneOff, IconUserMinus, IconVolumeOff, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { muteParticipant, removeParticipant } from "../api";
import type { CallState } from "../call/call";
import type { Participant } from "../call/types";
import css from "./Call.module.css";

interface Props {
  meetingId: string;
  state: CallState;
  microphone: boolean;
  moderate: boolean;
  onClose: () => void;
}

/** Who is there, who speaks; moderators mute and remove. */
export function PeoplePanel({ meetingId, state, microphone, moderate, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const me = useMe();
  const [failure, setFailure] = useState<unknown>(null);
  const act = (what: Promise<unknown>): void => {
    setFailure(null);
    what.catch(setFailure);
  };
  const remove = ({ id, person }: Participant): void =>
    confirm({
      title: t("people.remove_title", { name: person.name }),
      consequence: t("people.remove_consequence"),
      verb: t("people.remove"),
      act: () => removeParticipant(meetingId, id),
    });
  return (
    <aside className={css.panel} aria-label={t("call.participants")}>
      <div className={css.panelHead}>
        <h2>{t("call.count", { count: state.participants.length + 1 })}</h2>
        <ActionIcon aria-label={t("people.close")} onClick={onClose}>
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      </div>
      <ProblemNote error={failure} />
      <ul className={css.people}>
        <Row person={me} name={t("people.me", { name: me.name })} guest={false} microphone={microphone} speaking={state.speaking.has(state.me)} />
        {state.participants.map((one) => (
          <Row key={one.id} person={one.person} name={one.person.name} guest={one.guest} microphone={one.microphone} speaking={state.speaking.has(one.id)}>
            {moderate && (
              <>
                {one.microphone && (
                  <Tooltip label={t("people.mute")}>
                    <ActionIcon
                      size="sm"
                      aria-label={t("people.mute_name", { name: one.person.name })}
                      onClick={() => act(muteParticipant(meetingId, one.id))}
                    >
                      <IconVolumeOff size={18} stroke={1.75} />
                    </ActionIcon>
                  </Tooltip>
                )}
                <Tooltip label={t("people.remove")}>
                  <ActionIcon size="sm" aria-label={t("people.remove_name", { name: one.person.name })} onClick={() => remove(one)}>
                    <IconUserMinus size={18} stroke={1.75} />
                  </ActionIcon>
                </Tooltip>
              </>
            )}
          </Row>
        ))}
      </ul>
    </aside>
  );
}

interface RowProps {
  person: { name: string; color: number; avatar_url: string | null };
  name: string;
  guest: boolean;
  microphone: boolean;
  speaking: boolean;
  children?: React.ReactNode;
}

function Row({ person, name, guest, microphone, speaking, children }: RowProps): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const Glyph = microphone ? IconMicrophone : IconMicrophoneOff;
  return (
    <li className={css.row}>
      <PersonAvatar person={person} size={32} />
      <span className={css.who}>
        {name} {guest && <GuestTag />}
      </span>
      {speaking && <span className={css.talks}>{t("people.speaks")}</span>}
      <Glyph className={microphone ? css.on : css.off} size={18} stroke={1.75} aria-label={microphone ? t("call.microphone_is_on") : t("call.microphone_is_off")} />
      {children}
    </li>
  );
}
