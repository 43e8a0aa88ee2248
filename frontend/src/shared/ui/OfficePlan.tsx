import { useTranslation } from "react-i18next";
import css from "./OfficePlan.module.css";

const PEOPLE = [
  [164, 34, 2, "BL"], [338, 26, 1, "AM"], [262, 94, 5, "CN"], [182, 254, 8, "HD"], [374, 254, 7, "DO"],
  [432, 442, 4, "ÉB"], [580, 442, 3, "FB"], [68, 456, 6, "GK"],
] as const;

/** The plan of an office: its rooms are those of a workspace. Decorative. */
export function OfficePlan(): React.JSX.Element {
  const { t } = useTranslation("common");
  const word = (x: number, y: number, name: string, anchor: "start" | "middle" = "start"): React.JSX.Element => (
    <text x={x} y={y} textAnchor={anchor} className={css.word}>
      {name}
    </text>
  );
  return (
    <svg viewBox="-4 -4 612 552" fill="none" className={css.plan}>
      <g className={css.wall}>
        <path d="M272 544H0V0h604v544H330" />
        <path d="M202 0v192M402 0v192M0 192h94M146 192h148M346 192h148M546 192h58" />
        <path d="M0 312h94M146 312h56v232M402 544V312h68M522 312h82" />
      </g>
      <g className={css.line}>
        <path d="M94 192v-52a52 52 0 0 1 52 52M294 192v-52a52 52 0 0 1 52 52M546 192v-52a52 52 0 0 0-52 52" />
        <path d="M146 312v56a56 56 0 0 1-52-56M470 312v56a56 56 0 0 0 52-56" />
        <path d="M272 544v-58a58 58 0 0 1 58 58" strokeDasharray="4 4" />
        <path d="M26 26h88v20H26zM48 26v20M70 26v20M92 26v20M26 54h88v20H26zM48 54v20M70 54v20M92 54v20" />
        <circle cx="302" cy="60" r="26" />
        <path d="M290 24h24M290 96h24M266 48v24M338 48v24" />
        <path d="M426 26h152v56H426zM426 44h152M464 26v56M502 26v56M540 26v56" />
        <path d="M228 366h146M228 374h146" />
        <path d="M28 404h54v36H28zM28 478h86v36H28z" />
        <rect x="462" y="416" width="88" height="52" rx="26" />
        <path d="M484 404h18M510 404h18M484 480h18M510 480h18" />
      </g>
      {word(26, 112, t("room.documents"))}
      {word(226, 128, t("room.chat"))}
      {word(426, 112, t("room.calendar"))}
      {word(26, 258, t("room.members"))}
      {word(301, 350, t("room.home"), "middle")}
      {word(120, 428, t("room.tasks"))}
      {word(506, 516, t("room.meetings"), "middle")}
      {PEOPLE.map(([x, y, color, initials]) => (
        <g key={initials} data-color={color} className={css.person}>
          <circle cx={x} cy={y} r="17" />
          <text x={x} y={y + 4.5} textAnchor="middle">
            {initials}
          </text>
        </g>
      ))}
    </svg>
  );
}
