import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PageSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { meetingQuery, type MeetingForMe } from "../api";
import type { Call } from "../call/call";
import type { LocalMedia } from "../call/local";
import { CallView } from "../components/CallView";
import { Over } from "../components/Over";
import { Prejoin } from "../components/Prejoin";
import { useCall } from "../hooks/useCall";
import { useLocalMedia } from "../hooks/useLocalMedia";
import { useStore } from "../hooks/useStore";

/** One meeting: preparation, call, afterwards. */
export default function MeetingPage(): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const { meetingId = "" } = useParams({ strict: false });
  const { data, error } = useQuery(meetingQuery(meetingId));
  if (data) return <Steps key={meetingId} meeting={data} />;
  if (error === null) return <PageSkeleton />;
  return (
    <Page>
      <PageHeader title={t("title")} />
      <ProblemNote error={error} />
    </Page>
  );
}

/** From the preparation to the end; coming back begins again with fresh devices. */
function Steps({ meeting }: { meeting: MeetingForMe }): React.JSX.Element {
  const [round, setRound] = useState(0);
  return <Round key={round} meeting={meeting} onReturn={() => setRound(round + 1)} />;
}

function Round({ meeting, onReturn }: { meeting: MeetingForMe; onReturn: () => void }): React.JSX.Element {
  const { call, enter } = useCall(meeting.id);
  const [over, setOver] = useState(false);
  const media = useLocalMedia(!over && (call !== null || meeting.state !== "ended"));
  if (call && media) return <InCall call={call} media={media} meeting={meeting} onOver={() => setOver(true)} />;
  if (call) return <After call={call} meeting={meeting} onReturn={onReturn} />;
  if (meeting.state === "ended") return <Over title={meeting.title} ending="ended" onReturn={onReturn} />;
  if (!media) return <PageSkeleton />;
  return <Prejoin meeting={meeting} media={media} onEnter={() => enter(media)} />;
}

/** When it is over, the devices are let go; only a lost connection may be tried again from here. */
function InCall({ call, media, meeting, onOver }: { call: Call; media: LocalMedia; meeting: MeetingForMe; onOver: () => void }): React.JSX.Element {
  const { phase, ending } = useStore(call.state);
  const over = phase === "over" && ending !== "failed";
  useEffect(() => {
    if (over) onOver();
  }, [over, onOver]);
  if (phase === "over") return <Over title={meeting.title} ending={ending ?? "left"} onReturn={() => call.again()} />;
  return <CallView call={call} media={media} meeting={meeting} />;
}

function After({ call, meeting, onReturn }: { call: Call; meeting: MeetingForMe; onReturn: () => void }): React.JSX.Element {
  const { ending } = useStore(call.state);
  return <Over title={meeting.title} ending={ending ?? "left"} onReturn={onReturn} />;
}
