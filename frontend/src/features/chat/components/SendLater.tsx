import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconCalendarClock, IconChevronDown, IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { planned, timeZone } from "../../../shared/lib/dates";
import { type Moment, sendingTimes } from "../lib/later";
import css from "./Composer.module.css";
import { WhenDialog } from "./WhenDialog";

interface Props {
  disabled: boolean;
  later: (at: Date) => Promise<unknown>;
}

/** Beside the button that sends: the same message, at its time. */
export function SendLater({ disabled, later }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  /** What was offered when the menu was opened; null while it is closed. */
  const [moments, setMoments] = useState<Moment[] | null>(null);
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Menu position="top-end" withinPortal opened={moments !== null} onChange={(opened) => setMoments(opened ? sendingTimes(Date.now(), timeZone()) : null)}>
        <Menu.Target>
          <Tooltip label={t("later.send")} disabled={moments !== null}>
            <ActionIcon className={css.later} size="sm" aria-label={t("later.send")} disabled={disabled}>
              <IconChevronDown size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("later.send")}</Menu.Label>
          {moments?.map((one) => (
            <Menu.Item key={one.key} leftSection={<IconClock size={18} stroke={1.75} />} rightSection={<span className={css.when}>{planned(one.at)}</span>} onClick={() => void later(one.at).catch(() => undefined)}>
              {t(`later.${one.key}`)}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconCalendarClock size={18} stroke={1.75} />} onClick={() => setChoosing(true)}>
            {t("later.choose")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing && <WhenDialog title={t("later.send")} verb={t("later.schedule")} moments={[]} act={async (at) => void later(at).catch(() => undefined)} onClose={() => setChoosing(false)} />}
    </>
  );
}
