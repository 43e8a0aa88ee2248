import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import { IconCalendarWeek, IconChevronLeft, IconChevronRight, IconDots, IconDownload, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { VIEWS, type View } from "../lib/view";
import css from "./ViewBar.module.css";

interface Props {
  view: View;
  days: 5 | 7;
  isPhone: boolean;
  canEdit: boolean;
  file: string;
  onView: (view: View) => void;
  onStep: (direction: -1 | 1) => void;
  onToday: () => void;
  onDays: (days: 5 | 7) => void;
  onNew: () => void;
}

/** From one period to the next, which view, and the one button of the room. */
export function ViewBar(props: Props): React.JSX.Element {
  const { view, days, isPhone, canEdit, file, onView, onStep, onToday, onDays, onNew } = props;
  const { t } = useTranslation("calendar");
  const create = canEdit && (
    <Button leftSection={<IconPlus size={18} stroke={1.75} />} onClick={onNew} aria-keyshortcuts="n">
      {t("new")}
    </Button>
  );
  if (isPhone) return <>{create}</>;
  const unit = view === "liste" ? "mois" : view;
  return (
    <>
      <div className={css.steps}>
        <ActionIcon aria-label={t(`previous.${unit}`)} onClick={() => onStep(-1)}>
          <IconChevronLeft size={20} stroke={1.75} />
        </ActionIcon>
        <Button variant="default" onClick={onToday}>
          {t("today")}
        </Button>
        <ActionIcon aria-label={t(`next.${unit}`)} onClick={() => onStep(1)}>
          <IconChevronRight size={20} stroke={1.75} />
        </ActionIcon>
      </div>
      <SegmentedControl
        aria-label={t("view.label")}
        value={view}
        data={VIEWS.map((one) => ({ value: one, label: t(`view.${one}`) }))}
        onChange={(value) => onView(value as View)}
      />
      <Menu withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t("more")}>
            <IconDots size={20} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(view === "jour" || view === "semaine") && (
            <Menu.Item leftSection={<IconCalendarWeek size={18} stroke={1.75} />} onClick={() => onDays(days === 5 ? 7 : 5)}>
              {days === 5 ? t("weekend.show") : t("weekend.hide")}
            </Menu.Item>
          )}
          <Menu.Item component="a" href={file} download leftSection={<IconDownload size={18} stroke={1.75} />}>
            {t("whole_file")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {create}
    </>
  );
}
