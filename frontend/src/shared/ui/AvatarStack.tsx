import { useTranslation } from "react-i18next";
import { type FacePerson, PersonAvatar } from "./PersonAvatar";
import css from "./PersonAvatar.module.css";

interface Props {
  people: readonly (FacePerson & { id: string })[];
  size?: 22 | 28 | 32 | 36;
  /** The full number, when `people` is only the first of them. */
  total?: number;
}

/** Five faces at most, then « et 9 autres ». */
export function AvatarStack({ people, size = 28, total = people.length }: Props): React.JSX.Element {
  const { t } = useTranslation("common");
  const shown = people.slice(0, 5);
  const others = total - shown.length;
  return (
    <span className={css.stack}>
      {shown.map((person) => (
        <PersonAvatar key={person.id} person={person} size={size} labelled />
      ))}
      {others > 0 && <span className={css.more}>{t("people.others", { count: others })}</span>}
    </span>
  );
}
