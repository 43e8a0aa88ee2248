import { Button } from "@mantine/core";
import { IconVolume } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incoming } from "../call/types";
import css from "./Call.module.css";

/** The sound of everybody else, on the loudspeaker that was chosen. */
export function Sounds({ incoming, speaker }: { incoming: ReadonlyMap<string, Incoming>; speaker: string | undefined }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const [blocked, setBlocked] = useState(false);
  const [tries, setTries] = useState(0);
  const tracks = [...incoming.values()].flatMap(({ main, screen }) => [main?.getAudioTracks()[0], screen?.getAudioTracks()[0]]);
  return (
    <>
      {tracks.map(
        (track) => track && <Sound key={track.id} track={track} speaker={speaker} tries={tries} onBlocked={() => setBlocked(true)} />,
      )}
      {blocked && (
        <div className={css.blocked}>
          <Button
            leftSection={<IconVolume size={18} stroke={1.75} />}
            onClick={() => {
              setBlocked(false);
              setTries(tries + 1);
            }}
          >
            {t("call.sound_on")}
          </Button>
        </div>
      )}
    </>
  );
}

interface SoundProps {
  track: MediaStreamTrack;
  speaker: string | undefined;
  tries: number;
  onBlocked: () => void;
}

function Sound({ track, speaker, tries, onBlocked }: SoundProps): React.JSX.Element {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    if (!element) return undefined;
    element.srcObject = new MediaStream([track]);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  useEffect(() => {
    void audio.current?.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") onBlocked();
    });
    // a new try is a new play()
  }, [track, tries, onBlocked]);
  useEffect(() => {
    const element = audio.current;
    if (element && speaker && "setSinkId" in element) void element.setSinkId(speaker).catch(() => undefined);
  }, [speaker]);
  return (
    <audio ref={audio} autoPlay>
      <track kind="captions" />
    </audio>
  );
}
