import { Menu } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { RowAction } from "../../../shared/ui/RowMenu";
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
        {actions.map((action, index) => {
          const Glyph = action.icon;
          return (
            <Fragment key={action.key}>
              {action.danger && index > 0 && <Menu.Divider />}
              <Menu.Item
                leftSection={<Glyph size={18} stroke={1.75} />}
                onClick={action.onSelect}
                disabled={action.disabled ?? false}
                data-danger={action.danger || undefined}
              >
                {action.label}
              </Menu.Item>
            </Fragment>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
