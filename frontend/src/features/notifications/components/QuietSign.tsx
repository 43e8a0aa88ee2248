import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconMoon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { clock, dayKey, planned } from "../../../shared/lib/dates";
import { useNow } from "../../../shared/ui/DateTime";
import { toast } from "../../../shared/ui/toast";
import { useRhythm } from "../hooks/useRinging";
import { resumedUntil } from "../lib/ringing";
import css from "./QuietSign.module.css";

/** A small moon while nothing rings: until when, what waits, and how to hear again. In every room. */
export function QuietSign(): React.JSX.Element | null {
  const { t } = useTranslation("notifications");
  const rhythm = useRhythm();
  const [opened, setOpened] = useState(false);
  const resumed = useSyncExternalStore(resumedUntil.subscribe, resumedUntil.get);
  const now = useNow();
  if (!rhythm || rhythm.rings_now || rhythm.next_moment === null || resumed > now) return null;
  const next = rhythm.next_moment;
  const date = dayKey(next) === dayKey(now) ? clock(next) : planned(next, now);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon className={css.moon} w="auto" aria-label={t("quiet.open", { date })} aria-haspopup="dialog" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconMoon size={20} stroke={1.75} />
          <span className={css.until}>{t("quiet.until", { date })}</span>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("quiet.title")}>
        <p className={css.title}>{t("quiet.title")}</p>
        <p className={css.text}>
          {t("quiet.text", { date })} {rhythm.waiting > 0 && t("quiet.waiting", { count: rhythm.waiting })}
        </p>
        <div className={css.acts}>
          <Button
            size="sm"
            variant="default"
            onClick={() => {
              resumedUntil.set(new Date(next).getTime());
              setOpened(false);
              toast(t("quiet.resumed"), { undo: () => resumedUntil.set(0) });
            }}
          >
            {t("quiet.resume")}
          </Button>
          <Link to="/parametres/notifications" onClick={() => setOpened(false)}>
            {t("quiet.settings")}
          </Link>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
