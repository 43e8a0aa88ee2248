import { SegmentedControl } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import type { Answer, Attendee, Line } from "../api";
import css from "./EventPanel.module.css";

interface Props {
  attendees: Attendee[];
  organiser: Line["organiser"];
  /** My own answer; null when I am not invited. */
  mine: Answer | null;
  canAnswer: boolean;
  onAnswer: (given: Answer) => void;
}

const CHOICES: Answer[] = ["accepted", "tentative", "declined"];

/** Who takes part and what each one said; the question to me comes first. */
export function Participants({ attendees, organiser, mine, canAnswer, onAnswer }: Props): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const id = useId();
  return (
    <>
      {mine !== null && canAnswer && (
        <div className={css.mine}>
          <h3 id={id}>{t("answer.question")}</h3>
          <SegmentedControl
            aria-labelledby={id}
            fullWidth
            value={mine === "needs-action" ? "" : mine}
            data={CHOICES.map((choice) => ({ value: choice, label: t(`answer.choose.${choice}`) }))}
            onChange={(value) => onAnswer(value as Answer)}
          />
        </div>
      )}
      <section className={css.people}>
        <h3>{attendees.length > 0 ? t("panel.participants", { count: attendees.length }) : t("panel.organiser")}</h3>
        <ul role="list" className={css.list}>
          {attendees.length === 0 && (
            <li className={css.person}>
              <PersonAvatar person={organiser} size={28} />
              <span className={css.name}>{organiser.name}</span>
            </li>
          )}
          {attendees.map(({ person, answer }) => (
            <li key={person.id} className={css.person}>
              <PersonAvatar person={person} size={28} />
              <span className={css.name}>
                {person.name}
                {person.id === organiser.id && <span className={css.meta}> · {t("panel.organises")}</span>}
              </span>
              <span className={css.answer} data-answer={answer}>
                {t(`answer.said.${answer}`)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
