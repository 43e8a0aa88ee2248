import { ActionIcon, Button } from "@mantine/core";
import {
  IconAlignLeft,
  IconClock,
  IconDownload,
  IconMapPin,
  IconPencil,
  IconRepeat,
  IconTrash,
  IconVideo,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { Prose } from "../../../shared/prose/Prose";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { DetailsPanel } from "../../../shared/ui/panel";
import { RowMenu, type RowAction } from "../../../shared/ui/RowMenu";
import { scopeAccess } from "../../../shared/api/access";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { Origin } from "../../../shared/work/Origin";
import { fileOf, meetingQuery, type Answer, type Line } from "../api";
import { useRuleWords } from "../hooks/useRuleWords";
import { when, zoneCity } from "../lib/words";
import css from "./EventPanel.module.css";
import { Participants } from "./Participants";

interface Props {
  line: Line;
  zone: string;
  canEdit: boolean;
  canAnswer: boolean;
  focusTitle: boolean;
  onClose: () => void;
  onEdit: () => void;
  onRemove: () => void;
  onAnswer: (given: Answer) => void;
  /** The same moves as the mouse makes, in words. */
  moves: RowAction[];
}

/** An event in the details panel: when, where, who, and what one can do with it. */
export function EventPanel(props: Props): React.JSX.Element {
  const { line, zone, canEdit, canAnswer, focusTitle, onClose, onEdit, onRemove, onAnswer, moves } = props;
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  const me = useMe();
  const workspace = useWorkspace();
  const router = useRouter();
  const rule = useRuleWords(line);
  const call = `/w/${workspace.slug}/reunions?demarrer=1&depuis=event:${line.id}`;
  const mine = line.attendees.find((attendee) => attendee.person.id === me.id);
  const elsewhere = line.time_zone !== null && line.time_zone !== zone ? line.time_zone : null;
  const { data: meeting, isLoading } = useQuery({ ...meetingQuery(line.meeting_id ?? ""), enabled: line.meeting_id !== null });
  const running = meeting !== undefined && meeting.state !== "ended";
  const hasMeetings = workspace.rooms.includes("meetings") && !isLoading && (canEdit || running);
  const actions: RowAction[] = [
    ...(canEdit ? moves : []),
    { key: "file", label: t("file"), icon: IconDownload, onSelect: () => window.location.assign(fileOf(line.id)) },
    ...(canEdit ? [{ key: "remove", label: t("remove"), icon: IconTrash, danger: true, onSelect: onRemove }] : []),
  ];

  return (
    <DetailsPanel
      title={line.title}
      icon={<span className={css.mark} data-color={line.color} />}
      onClose={onClose}
      focusTitle={focusTitle}
      actions={
        <>
          {canEdit && (
            <ActionIcon size="sm" aria-label={t("edit")} onClick={onEdit}>
              <IconPencil size={18} stroke={1.75} />
            </ActionIcon>
          )}
          <RowMenu name={line.title} actions={actions} />
        </>
      }
    >
      <ul role="list" className={css.facts}>
        <Fact icon={<IconClock size={18} stroke={1.75} />} label={t("panel.when")}>
          <time dateTime={line.start}>{when(line, zone, locale)}</time>
          {elsewhere !== null && (
            <span className={css.meta}>
              {t("panel.elsewhere", {
                start: line.start_local.slice(11, 16),
                end: line.end_local.slice(11, 16),
                place: zoneCity(elsewhere),
              })}
            </span>
          )}
        </Fact>
        {rule !== null && (
          <Fact icon={<IconRepeat size={18} stroke={1.75} />} label={t("panel.repeat")}>
            <span>{rule}</span>
            {line.changed && <span className={css.meta}>{t("panel.changed")}</span>}
          </Fact>
        )}
        {line.location !== "" && (
          <Fact icon={<IconMapPin size={18} stroke={1.75} />} label={t("panel.where")}>
            {line.location}
          </Fact>
        )}
        {line.description !== "" && (
          <Fact icon={<IconAlignLeft size={18} stroke={1.75} />} label={t("panel.about")}>
            <Prose small text={line.description} />
          </Fact>
        )}
      </ul>
      {hasMeetings && (
        <Button
          component="a"
          href={call}
          onClick={(event) => {
            event.preventDefault();
            router.history.push(call);
          }}
          leftSection={<IconVideo size={18} stroke={1.75} />}
          variant="default"
          className={css.meeting}
        >
          {running ? t("panel.join_meeting") : t("panel.start_meeting")}
        </Button>
      )}
      <Origin origin={line.origin} />
      <WhoHasAccess query={scopeAccess(line.scope_id)} />
      <Participants
        attendees={line.attendees}
        organiser={line.organiser}
        mine={mine?.answer ?? null}
        canAnswer={canAnswer}
        onAnswer={onAnswer}
      />
    </DetailsPanel>
  );
}

function Fact({ icon, label, children }: { icon: React.ReactNode; label: string; children: React.ReactNode }): React.JSX.Element {
  return (
    <li className={css.fact}>
      <span className={css.glyph} aria-hidden="true">
        {icon}
      </span>
      <span className="visually-hidden">{label}</span>
      <div className={css.words}>{children}</div>
    </li>
  );
}
