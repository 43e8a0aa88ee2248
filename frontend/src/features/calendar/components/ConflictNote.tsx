import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocale } from "../hooks/useLocale";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import type { CalendarEvent } from "../api";
import { lineOf } from "../lib/lines";
import { when } from "../lib/words";
import css from "./Question.module.css";

interface Props {
  current: CalendarEvent;
  zone: string;
  onOver: () => void;
  onGiveUp: () => void;
}

/** Somebody saved the same fields first: what is there now, and the choice. Nothing typed is lost. */
export function ConflictNote({ current, zone, onOver, onGiveUp }: Props): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  return (
    <ErrorNote>
      <p>
        {t("conflict.form", {
          title: current.title,
          when: when(lineOf(current), zone, locale),
          location: current.location,
        })}
      </p>
      <div className={css.choices}>
        <Button size="sm" variant="default" onClick={onGiveUp}>
          {t("conflict.keep_theirs")}
        </Button>
        <Button size="sm" variant="default" onClick={onOver}>
          {t("conflict.keep_mine")}
        </Button>
      </div>
    </ErrorNote>
  );
}
