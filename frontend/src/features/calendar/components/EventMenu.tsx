import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type RowAction, RowMenuItems } from "../../../shared/ui/RowMenu";
import css from "./EventMenu.module.css";

interface Props {
  title: string;
  at: { x: number; y: number };
  actions: RowAction[];
  onClose: () => void;
}

/** The menu of an event where it was asked for: right click, Maj F10, or the menu key. */
export function EventMenu({ title, at, actions, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("common");
  return (
    <Menu opened onClose={onClose} position="bottom-start" withinPortal returnFocus>
      <Menu.Target>
        <span className={css.anchor} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t("row.actions", { name: title })}>
        <RowMenuItems actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}
