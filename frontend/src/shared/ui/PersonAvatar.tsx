import { IconRobot } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { identity, isRobot, personInitials } from "../lib/names";
import type { Present } from "../live/presence";
import { cx } from "./cx";
import css from "./PersonAvatar.module.css";

export interface FacePerson {
  name: string;
  color: number;
  avatar_url: string | null;
}

interface Props {
  person: FacePerson;
  size?: 22 | 28 | 32 | 36 | 48 | 88;
  /** Shows the dot; `null` is absent, undefined shows no dot. */
  presence?: Present | null | undefined;
  /** When the name is not written beside it. */
  labelled?: boolean;
}

/** Round is a person, square a robot. The name is beside it, so it is silent unless `labelled`. */
export function PersonAvatar({ person, size = 32, presence, labelled = false }: Props): React.JSX.Element {
  const { t } = useTranslation("common");
  const color = identity(person.color);
  const state = presence === undefined ? "" : t(`presence.${presence ?? "absent"}`);
  const label = labelled ? [person.name, state].filter(Boolean).join(", ") : state;
  return (
    <span className={css.avatar} data-size={size} data-color={color} data-robot={isRobot(person.name) || undefined} {...(labelled && { title: person.name })}>
      {isRobot(person.name) ? (
        <IconRobot size="62%" stroke={1.75} aria-hidden="true" />
      ) : person.avatar_url ? (
        <img className={css.picture} src={person.avatar_url} alt="" loading="lazy" decoding="async" />
      ) : (
        <span aria-hidden="true">{personInitials(person.name)}</span>
      )}
      {presence !== undefined && <span className={cx(css.dot, css[presence ?? "absent"])} aria-hidden="true" />}
      {label !== "" && <span className="visually-hidden">{label}</span>}
    </span>
  );
}
