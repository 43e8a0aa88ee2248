import { Button } from "@mantine/core";
import { IconAntennaBars5, IconArrowUpRight, IconCheck, IconList, IconRefresh, IconRobot, IconTrash, IconUserCheck } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { Section } from "../../../shared/ui/Page";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { type RowAction, RowMenu, useRowMenu } from "../../../shared/ui/RowMenu";
import { toast } from "../../../shared/ui/toast";
import {
  answerForIncoming,
  answerForOutgoing,
  type Channel,
  hookKeys,
  hooksQuery,
  type IncomingHook,
  type OutgoingHook,
  resumeOutgoing,
  rotateIncoming,
  rotateOutgoing,
  stopIncoming,
  stopOutgoing,
  tryOutgoing,
} from "../api";
import { Deliveries } from "./Deliveries";
import dialogs from "./Dialogs.module.css";
import css from "./Hooks.module.css";
import { NewHook, Shown, type ShownSecret } from "./NewHook";

/** « Programmes reliés » : what comes in, and what goes out — which everybody who reads the channel may know. */
export function ChannelHooks({ channel }: { channel: Channel }): React.JSX.Element | null {
  const { t } = useTranslation("hooks");
  const cache = useQueryClient();
  const { data } = useQuery(hooksQuery(channel.id));
  const [making, setMaking] = useState<"in" | "out" | null>(null);
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const [listed, setListed] = useState<OutgoingHook | null>(null);
  if (!data || channel.kind !== "channel") return null;
  const may = data.manage && data.allowed && channel.archived_at === null;
  if (data.incoming.length + data.outgoing.length === 0 && !may) return null;
  const renew = (): Promise<void> => cache.invalidateQueries({ queryKey: hookKeys.of(channel.id) });
  const act = (doing: Promise<unknown>, done?: string): void =>
    void doing.then(
      () => {
        if (done) toast(done);
        return renew();
      },
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  const exchange = (kind: "in" | "out", name: string, rotate: () => Promise<string>): void =>
    confirm({
      title: t("rotate.title", { name }),
      consequence: t(`rotate.${kind}`),
      verb: t("rotate.verb"),
      danger: false,
      act: async () => setShown({ kind, secret: await rotate() }),
    });
  const stop = (kind: "in" | "out", name: string, ending: () => Promise<unknown>): void =>
    confirm({ title: t("stop.title", { name }), consequence: t(`stop.${kind}`), verb: t("stop.verb"), act: () => ending().then(renew) });
  const mine = (one: IncomingHook | OutgoingHook, take: (id: string) => Promise<unknown>): RowAction[] =>
    one.answerable ? [] : [{ key: "mine", label: t("answer_for"), icon: IconUserCheck, onSelect: () => act(take(one.id), t("answered_for")) }];
  return (
    <Section title={t("title")}>
      {data.incoming.length > 0 && <h3 className={css.head}>{t("incoming")}</h3>}
      <ul role="list">
        {data.incoming.map((one) => (
          <Line
            key={one.id}
            face={<PersonAvatar person={one.robot} size={28} />}
            name={one.robot.name}
            hook={one}
            more={
              one.last_used_at ? (
                <>
                  {t("used")} <DateTime at={one.last_used_at} />
                </>
              ) : (
                t("never_used")
              )
            }
            actions={
              may
                ? [
                    ...mine(one, answerForIncoming),
                    { key: "rotate", label: t("rotate.in_verb"), icon: IconRefresh, onSelect: () => exchange("in", one.name, () => rotateIncoming(one.id)) },
                    { key: "stop", label: t("stop.verb"), icon: IconTrash, danger: true, onSelect: () => stop("in", one.name, () => stopIncoming(one.id)) },
                  ]
                : []
            }
          />
        ))}
      </ul>
      {data.outgoing.length > 0 && <h3 className={css.head}>{t("outgoing")}</h3>}
      <ul role="list">
        {data.outgoing.map((one) => (
          <Line
            key={one.id}
            face={<IconArrowUpRight size={20} stroke={1.75} aria-hidden="true" />}
            name={one.host}
            hook={one}
            more={
              one.failing_since ? (
                <>
                  {t("failing")} <DateTime at={one.failing_since} />
                </>
              ) : (
                one.name
              )
            }
            actions={
              may
                ? [
                    ...mine(one, answerForOutgoing),
                    {
                      key: "try",
                      label: t("try.verb"),
                      icon: IconAntennaBars5,
                      onSelect: () =>
                        void tryOutgoing(one.id).then(
                          (tried) => toast(tried.status !== null && tried.status < 300 ? t("try.well", { host: one.host }) : t("try.badly", { host: one.host })),
                          (error: unknown) => toast(sentenceFor(error, t)),
                        ),
                    },
                    { key: "list", label: t("deliveries.title"), icon: IconList, onSelect: () => setListed(one) },
                    ...(one.failing_since ? [{ key: "resume", label: t("resume"), icon: IconCheck, onSelect: () => act(resumeOutgoing(one.id)) }] : []),
                    { key: "rotate", label: t("rotate.out_verb"), icon: IconRefresh, onSelect: () => exchange("out", one.name, () => rotateOutgoing(one.id)) },
                    { key: "stop", label: t("stop.verb"), icon: IconTrash, danger: true, onSelect: () => stop("out", one.host, () => stopOutgoing(one.id)) },
                  ]
                : []
            }
          />
        ))}
      </ul>
      {may && (
        <div className={dialogs.acts}>
          <Button variant="subtle" leftSection={<IconRobot size={18} stroke={1.75} />} onClick={() => setMaking("in")}>
            {t("new.in")}
          </Button>
          {data.outgoing_hosts.length > 0 && (
            <Button variant="subtle" leftSection={<IconArrowUpRight size={18} stroke={1.75} />} onClick={() => setMaking("out")}>
              {t("new.out")}
            </Button>
          )}
        </div>
      )}
      {making && (
        <NewHook
          kind={making}
          channel={channel}
          hosts={data.outgoing_hosts}
          onClose={() => setMaking(null)}
          onMade={(secret) => {
            setMaking(null);
            setShown(secret);
            void renew();
          }}
        />
      )}
      {shown && <Shown shown={shown} onClose={() => setShown(null)} />}
      {listed && <Deliveries hook={listed} onClose={() => setListed(null)} />}
    </Section>
  );
}

interface LineProps {
  face: React.ReactNode;
  name: string;
  hook: IncomingHook | OutgoingHook;
  more: React.ReactNode;
  actions: RowAction[];
}

function Line({ face, name, hook, more, actions }: LineProps): React.JSX.Element {
  const { t } = useTranslation("hooks");
  const menu = useRowMenu();
  return (
    <li className={css.line} {...(actions.length > 0 && menu.rowProps)}>
      {face}
      <div className={css.words}>
        <div>{name}</div>
        <div className={css.meta}>{t(hook.answerable ? "by" : "by_gone", { name: hook.created_by.name })}</div>
        <div className={css.meta}>{more}</div>
      </div>
      <RowMenu menu={menu} name={name} actions={actions} />
    </li>
  );
}
