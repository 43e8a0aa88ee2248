import { Button, TextInput } from "@mantine/core";
import { IconMicrophone, IconMicrophoneOff, IconPencil, IconVideo, IconVideoOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clock } from "../../../shared/lib/dates";
import { firstName, personInitials } from "../../../shared/lib/names";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { usePageTitle } from "../../../shared/ui/Page";
import { type MeetingForMe, renameMeeting } from "../api";
import type { LocalMedia } from "../call/local";
import { useStore } from "../hooks/useStore";
import { DeviceChoices } from "./DeviceChoices";
import { DeviceProblems } from "./DeviceProblems";
import { Picture } from "./Picture";
import css from "./Prejoin.module.css";

/** Before entering: one's own picture, one's devices, who is there, and what everybody should know. */
export function Prejoin({ meeting, media, onEnter }: { meeting: MeetingForMe; media: LocalMedia; onEnter: () => void }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const me = useMe();
  const workspace = useWorkspace();
  const { microphone, camera, picture, asking } = useStore(media.state);
  const people = meeting.participants.map((one) => one.person).filter((one) => one.id !== me.id);
  const full = people.length >= meeting.places;
  return (
    <div className={css.prejoin}>
      <div className={css.own}>
        <div className={css.preview} data-color={me.color}>
          {camera && picture ? (
            <Picture track={picture} mirrored label={t("prejoin.own_picture")} />
          ) : (
            <span aria-hidden="true">{personInitials(me.name)}</span>
          )}
        </div>
        <div className={css.switches}>
          <Button
            variant="default"
            size="lg"
            aria-pressed={microphone}
            leftSection={microphone ? <IconMicrophone size={18} stroke={1.75} /> : <IconMicrophoneOff size={18} stroke={1.75} />}
            onClick={() => void media.setMicrophone(!microphone)}
          >
            {microphone ? t("prejoin.microphone_on") : t("prejoin.microphone_off")}
          </Button>
          <Button
            variant="default"
            size="lg"
            aria-pressed={camera}
            leftSection={camera ? <IconVideo size={18} stroke={1.75} /> : <IconVideoOff size={18} stroke={1.75} />}
            onClick={() => void media.setCamera(!camera)}
          >
            {camera ? t("prejoin.camera_on") : t("prejoin.camera_off")}
          </Button>
        </div>
        {asking && <p className={css.note} role="status">{t("prejoin.asking")}</p>}
      </div>
      <div className={css.choices}>
        <Title meeting={meeting} workspace={workspace.name} />
        {people.length > 0 && (
          <div className={css.there}>
            <AvatarStack people={people} size={36} />
            <span>{thereSentence(people.map((one) => firstName(one.name)), t)}</span>
          </div>
        )}
        {meeting.participants.some((one) => one.person.id === me.id) && <p className={css.warning}>{t("prejoin.elsewhere")}</p>}
        {meeting.mode === "p2p" && <p className={css.warning}>{t("prejoin.p2p", { count: meeting.places })}</p>}
        <DeviceProblems media={media} />
        <DeviceChoices media={media} />
        <Button size="lg" fullWidth leftSection={<IconVideo size={18} stroke={1.75} />} disabled={full || !meeting.mine.join} onClick={onEnter}>
          {t("prejoin.enter")}
        </Button>
        {full && <p className={css.note}>{t("prejoin.full")}</p>}
        {!microphone && !camera && !full && <p className={css.note}>{t("prejoin.listen_only")}</p>}
      </div>
    </div>
  );
}

function thereSentence(names: string[], t: ReturnType<typeof useTranslation<"meetings">>["t"]): string {
  const shown = names.slice(0, 4);
  const list = new Intl.ListFormat(document.documentElement.lang || "fr").format(
    names.length > 4 ? [...shown, t("prejoin.others", { count: names.length - 4 })] : shown,
  );
  return t("prejoin.there", { names: list, count: names.length });
}

function Title({ meeting, workspace }: { meeting: MeetingForMe; workspace: string }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const [title, setTitle] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  usePageTitle(meeting.title);
  const save = async (): Promise<void> => {
    try {
      if (title !== null && title.trim() !== "" && title !== meeting.title) await renameMeeting(meeting.id, title);
      setTitle(null);
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <div>
      {title === null ? (
        <div className={css.title}>
          <h1 tabIndex={-1}>{meeting.title}</h1>
          {meeting.mine.moderate && (
            <Button variant="subtle" size="sm" leftSection={<IconPencil size={16} stroke={1.75} />} onClick={() => setTitle(meeting.title)}>
              {t("prejoin.rename")}
            </Button>
          )}
        </div>
      ) : (
        <form
          className={css.title}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <h1 className="visually-hidden">{meeting.title}</h1>
          <TextInput
            className={css.field}
            label={t("prejoin.title")}
            value={title}
            maxLength={200}
            data-autofocus
            onChange={(event) => setTitle(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && setTitle(null)}
          />
          <Button type="submit" variant="default">
            {t("save", { ns: "common" })}
          </Button>
        </form>
      )}
      <ProblemNote error={failure} />
      <p className={css.place}>
        {meeting.state === "open" && meeting.started_at !== null
          ? t("prejoin.since", { workspace, time: clock(meeting.started_at) })
          : t("prejoin.not_begun", { workspace })}
      </p>
    </div>
  );
}
