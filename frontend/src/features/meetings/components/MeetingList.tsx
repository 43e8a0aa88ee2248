import { Button } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { DateTime } from "../../../shared/ui/DateTime";
import type { Meeting } from "../api";
import css from "./Meetings.module.css";

/** Meetings under way: one click to each. */
export function CurrentMeetings({ meetings }: { meetings: Meeting[] }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const { slug } = useWorkspace();
  return (
    <ul className={css.current}>
      {meetings.map((meeting) => (
        <li key={meeting.id} className={css.card}>
          <IconVideo size={20} stroke={1.75} aria-hidden="true" />
          <div className={css.words}>
            <strong>{meeting.title}</strong>
            <span className={css.meta}>
              {meeting.participants.length === 0 ? t("list.nobody") : t("list.present", { count: meeting.participants.length })}
            </span>
          </div>
          <AvatarStack people={meeting.participants.map((one) => one.person)} />
          <Button renderRoot={(props) => <Link to="/w/$slug/reunions/$meetingId" params={{ slug, meetingId: meeting.id }} {...props} />}>
            {t("list.join")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Planned and past ones, a line each. */
export function MeetingRows({ meetings }: { meetings: Meeting[] }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const { slug } = useWorkspace();
  return (
    <ul className={css.rows}>
      {meetings.map((meeting) => (
        <li key={meeting.id}>
          {meeting.state === "scheduled" ? (
            <Link className={css.row} to="/w/$slug/reunions/$meetingId" params={{ slug, meetingId: meeting.id }}>
              <span className={css.words}>{meeting.title}</span>
              {meeting.starts_at !== null && <DateTime at={meeting.starts_at} style="planned" className={css.meta} />}
            </Link>
          ) : (
            <div className={css.row}>
              <span className={css.words}>{meeting.title}</span>
              <span className={css.meta}>{t("list.started_by", { name: meeting.started_by.name })}</span>
              <DateTime at={meeting.ended_at ?? meeting.created_at} className={css.meta} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
