import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Line } from "../api";
import { daysOf } from "../lib/lines";
import { addDays } from "../lib/wall";
import css from "./WeekendNote.module.css";

interface Props {
  lines: Line[];
  monday: string;
  zone: string;
  onShow: () => void;
}

/** Five days first, and nothing hidden: says what the week-end holds. */
export function WeekendNote({ lines, monday, zone, onShow }: Props): React.JSX.Element | null {
  const { t } = useTranslation("calendar");
  const saturday = addDays(monday, 5);
  const count = lines.filter((line) => {
    const { first, last } = daysOf(line, zone);
    return last >= saturday && first <= addDays(saturday, 1);
  }).length;
  if (count === 0) return null;
  return (
    <p className={css.note}>
      {t("weekend.holds", { count })}
      <Button variant="subtle" size="sm" onClick={onShow}>
        {t("weekend.show")}
      </Button>
    </p>
  );
}
