import { Button, Progress } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { work } from "../lib/each";
import css from "./Unpack.module.css";

/** How far an act on many rows is, under the list. */
export function WorkNote(): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const now = useSyncExternalStore(work.subscribe, work.get);
  if (now === null) return null;
  return (
    <section className={css.note} aria-label={t("work.label")}>
      <span className={css.words}>{t("work.progress", { done: now.done, total: now.total })}</span>
      <Progress className={css.bar ?? ""} value={(now.done / now.total) * 100} size="sm" aria-label={t("work.label")} />
      <Button variant="subtle" size="sm" onClick={now.stop}>
        {t("work.stop")}
      </Button>
    </section>
  );
}
