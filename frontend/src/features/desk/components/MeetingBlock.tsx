import { IconVideo } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { clock } from "../../../shared/lib/dates";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import type { Meeting } from "../api";
import css from "./MeetingBlock.module.css";

/** The meeting under way: the only tinted block of the page, and the door to it. */
export function MeetingBlock({ meeting, slug }: { meeting: Meeting; slug: string }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const people = meeting.participants.flatMap((participant) => (participant.person ? [participant.person] : []));
  return (
    <section className={css.block} aria-label={t("meeting.label", { title: meeting.title })}>
      <span className={css.dot} aria-hidden="true" />
      <div className={css.words}>
        <h2>{meeting.title}</h2>
        <p>
          {meeting.started_at === null
            ? t("meeting.under_way", { name: meeting.started_by.name })
            : t("meeting.since", { time: clock(meeting.started_at), name: meeting.started_by.name })}
        </p>
      </div>
      <AvatarStack people={people} size={32} total={meeting.participants.length} />
      <ButtonLink
        to="/w/$slug/reunions/$meetingId"
        params={{ slug, meetingId: meeting.id }}
        leftSection={<IconVideo size={18} stroke={1.75} />}
      >
        {t("meeting.join")}
      </ButtonLink>
    </section>
  );
}
