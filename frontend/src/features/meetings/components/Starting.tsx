import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../../shared/lib/ids";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { PageSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { channelQuery, startFromEvent, startMeeting } from "../api";

/** « d’Alice », « de Bruno ». */
const VOWEL = /^[aeiouyhàâäéèêëîïôöùûüœæ]/i;
const FROM = /^([a-z.]+):([0-9a-f-]{36})$/;

/** Begins a meeting, in the workspace or where `from` says (`chat.channel:…`, `event:…`), and goes there. */
export function Starting({ from }: { from: string | null }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const workspace = useWorkspace();
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<unknown>(null);
  const [id] = useState(() => newId());
  const begun = useRef(0);
  const [tries, setTries] = useState(1);
  useEffect(() => {
    if (begun.current === tries) return;
    begun.current = tries;
    const begin = async (): Promise<string> => {
      const [, kind, thing] = FROM.exec(from ?? "") ?? [];
      if (kind === "event" && thing) return (await startFromEvent(thing)).id;
      if ((kind === "chat.channel" || kind === "channel") && thing) {
        const channel = await cache.fetchQuery(channelQuery(thing));
        const others = channel.people.map((one) => one.name).join(", ");
        const body = { title: channel.name || others, scope_id: channel.id, link: { kind: "chat.channel", id: channel.id } };
        return (await startMeeting(workspace.id, body, id)).id;
      }
      const title = VOWEL.test(me.name) ? t("default_title_elided", { name: me.name }) : t("default_title", { name: me.name });
      return (await startMeeting(workspace.id, { title }, id)).id;
    };
    begin().then(
      (meetingId) => void navigate({ to: "/w/$slug/reunions/$meetingId", params: { slug: workspace.slug, meetingId }, replace: true }),
      setFailure,
    );
  }, [tries, from, cache, id, me.name, navigate, t, workspace]);
  if (failure === null) return <PageSkeleton />;
  return (
    <Page>
      <PageHeader title={t("start")} />
      <ProblemNote
        error={failure}
        action={
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              setFailure(null);
              setTries(tries + 1);
            }}
          >
            {t("problem.again")}
          </Button>
        }
      />
    </Page>
  );
}
