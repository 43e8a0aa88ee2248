import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { isTyping } from "../../../shared/a11y/keys";
import { useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { useNow } from "../../../shared/ui/DateTime";
import { usePageTitle } from "../../../shared/ui/Page";
import { StateTag } from "../../../shared/ui/Tags";
import { WorkspaceTile } from "../../../shared/ui/WorkspaceTile";
import { endMeeting, type MeetingForMe } from "../api";
import type { Call } from "../call/call";
import type { LocalMedia } from "../call/local";
import { useArrivals } from "../hooks/useArrivals";
import { useStore } from "../hooks/useStore";
import css from "./Call.module.css";
import { Controls } from "./Controls";
import { DeviceProblems } from "./DeviceProblems";
import { PeoplePanel } from "./PeoplePanel";
import { Sounds } from "./Sounds";
import { Stage } from "./Stage";

/** The call over the whole window: the office behind it waits. */
export function CallView({ call, media, meeting }: { call: Call; media: LocalMedia; meeting: MeetingForMe }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const state = useStore(call.state);
  const local = useStore(media.state);
  const [people, setPeople] = useState(false);
  const [shareFailed, setShareFailed] = useState(false);
  const said = useArrivals(state.participants, state.phase);
  usePageTitle(meeting.title);
  useOfficeWaits();
  useCallKeys(call, media);
  const share = (): void => {
    setShareFailed(false);
    if (state.shared) call.unshare();
    else call.share().catch((error: unknown) => setShareFailed(!(error instanceof DOMException && error.name === "NotAllowedError" && !/system/i.test(error.message))));
  };
  const end = (): void =>
    confirm({
      title: t("end.title"),
      consequence: t("end.consequence"),
      verb: t("call.end_for_all"),
      act: () => endMeeting(meeting.id),
    });
  return createPortal(
    <div className={css.call} data-phase={state.phase} data-mode={state.mode}>
      <Header meeting={meeting} weak={state.quality !== "good"} connected={state.phase === "connected"} />
      <main className={css.middle} id="call">
        <Stage call={call} state={state} local={local} />
        {people && (
          <PeoplePanel
            meetingId={meeting.id}
            state={state}
            microphone={local.microphone}
            moderate={meeting.mine.moderate}
            onClose={() => setPeople(false)}
          />
        )}
      </main>
      <div className={css.notices}>
        {state.phase === "reconnecting" && <p className={css.notice}>{t("call.reconnecting")}</p>}
        {state.muted && <p className={css.notice}>{t("call.muted")}</p>}
        {state.unheard && !state.muted && <p className={css.notice}>{t("call.unheard")}</p>}
        {shareFailed && <p className={css.notice}>{t("call.share_failed")}</p>}
        {state.quality === "sound_only" && <p className={css.notice}>{t("call.weak")}</p>}
        <DeviceProblems media={media} />
      </div>
      <Controls
        microphone={local.microphone}
        camera={local.camera}
        sharing={state.shared !== null}
        canShare={"getDisplayMedia" in navigator.mediaDevices}
        people={people}
        count={state.participants.length + 1}
        onMicrophone={() => void call.setMicrophone(!local.microphone)}
        onCamera={() => void media.setCamera(!local.camera)}
        onShare={share}
        onPeople={() => setPeople(!people)}
        onLeave={() => call.leave()}
        onEnd={meeting.mine.moderate ? end : null}
      />
      <Sounds incoming={state.incoming} speaker={local.chosen.speaker} />
      <div className="visually-hidden" role="log" aria-live="polite">
        {said}
      </div>
    </div>,
    document.body,
  );
}

function Header({ meeting, weak, connected }: { meeting: MeetingForMe; weak: boolean; connected: boolean }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const workspace = useWorkspace();
  const now = useNow();
  const minutes = Math.max(0, Math.floor((now - Date.parse(meeting.started_at ?? meeting.created_at)) / 60_000));
  const tone = !connected ? "warn" : weak ? "warn" : "ok";
  const word = !connected ? t("quality.waiting") : weak ? t("quality.weak") : t("quality.good");
  return (
    <header className={css.header}>
      <WorkspaceTile name={workspace.name} color={workspace.color} size={28} />
      <h1 tabIndex={-1}>{meeting.title}</h1>
      <span className={css.since}>{t("call.minutes", { count: minutes })}</span>
      <span className={css.audience}>
        {meeting.scope_id === meeting.workspace_id ? t("call.for_workspace", { workspace: workspace.name }) : t("call.for_place")}
      </span>
      <StateTag tone={tone}>{word}</StateTag>
    </header>
  );
}

/** Nothing of the office behind can be reached while the call covers it. */
function useOfficeWaits(): void {
  useEffect(() => {
    const office = document.getElementById("root");
    office?.setAttribute("inert", "");
    return () => office?.removeAttribute("inert");
  }, []);
}

/** M and C, when no field has the focus. */
function useCallKeys(call: Call, media: LocalMedia): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key === "m") void call.setMicrophone(!media.state.get().microphone);
      else if (key === "c") void media.setCamera(!media.state.get().camera);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [call, media]);
}
