import { ActionIcon, Menu } from "@mantine/core";
import { type Icon, IconDots } from "@tabler/icons-react";
import { Fragment, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

export interface RowAction {
  key: string;
  label: string;
  icon: Icon;
  onSelect: () => void;
  /** Destructive: red, and after a line. Put it last. */
  danger?: boolean;
  disabled?: boolean;
}

export interface RowMenuState {
  opened: boolean;
  setOpened: (opened: boolean) => void;
  /** For the row: right click and Maj F10 open the same menu. */
  rowProps: {
    onContextMenu: (event: React.MouseEvent) => void;
    onKeyDown: (event: React.KeyboardEvent) => void;
  };
}

/** The menu of a row, opened by its ⋯ button, a right click or Maj F10: spread `rowProps` on the row. */
export function useRowMenu(): RowMenuState {
  const [opened, setOpened] = useState(false);
  const onContextMenu = useCallback((event: React.MouseEvent) => {
    event.preventDefault();
    setOpened(true);
  }, []);
  const onKeyDown = useCallback((event: React.KeyboardEvent) => {
    if ((event.shiftKey && event.key === "F10") || event.key === "ContextMenu") {
      event.preventDefault();
      setOpened(true);
    }
  }, []);
  return { opened, setOpened, rowProps: { onContextMenu, onKeyDown } };
}

interface Props {
  /** What the row is: « Actions sur {{name}} ». */
  name: string;
  actions: readonly RowAction[];
  /** From `useRowMenu()`, when the row opens it too. */
  menu?: RowMenuState;
  tabIndex?: number;
}

/** The visible ⋯ button of a row and its menu. */
export function RowMenu({ name, actions, menu, tabIndex }: Props): React.JSX.Element | null {
  const { t } = useTranslation("common");
  if (actions.length === 0) return null;
  return (
    <Menu withinPortal {...(menu && { opened: menu.opened, onChange: menu.setOpened })}>
      <Menu.Target>
        <ActionIcon
          aria-label={t("row.actions", { name })}
          {...(tabIndex !== undefined && { tabIndex })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <RowMenuItems actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** What a row's menu holds, for a list that has one menu for all its rows. */
export function RowMenuItems({ actions }: { actions: readonly RowAction[] }): React.JSX.Element {
  return (
    <>
      {actions.map((action, index) => {
        const Glyph = action.icon;
        const lineBefore = action.danger && index > 0 && !actions[index - 1]?.danger;
        return (
          <Fragment key={action.key}>
            {lineBefore && <Menu.Divider />}
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
    </>
  );
}
