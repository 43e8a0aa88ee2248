import { Button } from "@mantine/core";
import { IconMaximize, IconMicrophone, IconMicrophoneOff, IconPlugConnectedX } from "@tabler/icons-react";
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import { identity, personInitials } from "../../../shared/lib/names";
import { useMe } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { GuestTag } from "../../../shared/ui/Tags";
import type { Call, CallState } from "../call/call";
import type { LocalState } from "../call/local";
import type { Participant, Person, Source } from "../call/types";
import { Picture } from "./Picture";
import css from "./Stage.module.css";

interface Props {
  call: Call;
  state: CallState;
  local: LocalState;
}

/** Everybody in a grid; a shared screen takes the room and the people move beside it. */
export function Stage({ call, state, local }: Props): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const me = useMe();
  const sharing = state.participants.filter((one) => one.screen && state.incoming.get(one.id)?.screen);
  const count = state.participants.length + 1;
  return (
    <div className={css.stage} data-sharing={sharing.length > 0}>
      {sharing.map((one) => (
        <SharedScreen key={one.id} call={call} participant={one} stream={state.incoming.get(one.id)?.screen ?? null} />
      ))}
      <ul className={css.grid} data-count={Math.min(count, 10)} aria-label={t("call.people")}>
        <Tile
          person={me}
          name={t("call.you")}
          guest={false}
          microphone={local.microphone}
          track={local.camera ? local.picture : null}
          speaking={state.speaking.has(state.me)}
          mirrored
        />
        {state.participants.map((one) => (
          <Other key={one.id} call={call} state={state} participant={one} />
        ))}
      </ul>
    </div>
  );
}

function Other({ call, state, participant }: { call: Call; state: CallState; participant: Participant }): React.JSX.Element {
  const onHeight = useHeight(call, participant.id, "main");
  const track = state.incoming.get(participant.id)?.main?.getVideoTracks()[0] ?? null;
  return (
    <Tile
      person={participant.person}
      name={participant.person.name}
      guest={participant.guest}
      microphone={participant.microphone}
      track={participant.camera ? track : null}
      speaking={state.speaking.has(participant.id)}
      cut={participant.cut}
      onHeight={onHeight}
    />
  );
}

function useHeight(call: Call, id: string, source: Source): (height: number) => void {
  return useCallback((height: number) => call.shown(id, source, height), [call, id, source]);
}

interface TileProps {
  person: Omit<Person, "id">;
  name: string;
  guest: boolean;
  microphone: boolean;
  track: MediaStreamTrack | null;
  speaking: boolean;
  cut?: boolean;
  mirrored?: boolean;
  onHeight?: (height: number) => void;
}

function Tile({ person, name, guest, microphone, track, speaking, cut = false, mirrored = false, onHeight }: TileProps): React.JSX.Element {
  const { t } = useTranslation("meetings");
  return (
    <li className={cx(css.tile, speaking && css.speaking)} data-color={identity(person.color)} data-name={name} data-speaking={speaking}>
      {track ? (
        <Picture track={track} mirrored={mirrored} label={t("call.picture_of", { name })} {...(onHeight && { onHeight })} />
      ) : (
        <span className={css.face} aria-hidden="true">
          {personInitials(person.name)}
        </span>
      )}
      <span className={css.plate}>
        {microphone ? <IconMicrophone size={16} stroke={1.75} aria-hidden="true" /> : <IconMicrophoneOff className={css.off} size={16} stroke={1.75} aria-hidden="true" />}
        <span className={css.name}>{name}</span>
        {guest && <GuestTag />}
        <span className="visually-hidden">
          {microphone ? t("call.microphone_is_on") : t("call.microphone_is_off")}
          {speaking && t("call.speaks")}
        </span>
      </span>
      {cut && (
        <span className={css.cut}>
          <IconPlugConnectedX size={16} stroke={1.75} aria-hidden="true" />
          {t("call.cut")}
        </span>
      )}
    </li>
  );
}

function SharedScreen({ call, participant, stream }: { call: Call; participant: Participant; stream: MediaStream | null }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const frame = useRef<HTMLElement>(null);
  const onHeight = useHeight(call, participant.id, "screen");
  const label = t("call.screen_of", { name: participant.person.name });
  return (
    <figure className={css.screen} ref={frame}>
      <Picture track={stream?.getVideoTracks()[0] ?? null} whole label={label} onHeight={onHeight} />
      <figcaption className={css.plate}>{label}</figcaption>
      <Button
        className={css.full}
        variant="default"
        size="sm"
        leftSection={<IconMaximize size={16} stroke={1.75} />}
        onClick={() => void (document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen())}
      >
        {t("call.full_screen")}
      </Button>
    </figure>
  );
}
