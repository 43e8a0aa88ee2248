import { Menu } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FolderView } from "../hooks/useFolder";
import { COLUMNS, SORTS } from "../lib/view";
import css from "./PlaceBar.module.css";

/** How one looks at this folder: the order, the columns. It is remembered. */
export function ViewMenu({ view }: { view: FolderView }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { look, setLook } = view;
  const { sort, columns } = look;
  const tick = (on: boolean): React.ReactNode => (on ? <IconCheck size={18} stroke={1.75} aria-hidden="true" /> : <span className={css.untick} />);
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <button type="button" className={css.link}>
          <IconAdjustmentsHorizontal size={18} stroke={1.75} aria-hidden="true" />
          {t("view.title")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("view.sort")}</Menu.Label>
        {SORTS.map((by) => (
          <Menu.Item
            key={by}
            role="menuitemradio"
            aria-checked={sort.by === by}
            leftSection={tick(sort.by === by)}
            onClick={() => setLook({ ...look, sort: { by, down: sort.by === by ? sort.down : by === "modified" || by === "created" || by === "size" } })}
          >
            {t(`column.${by}`)}
          </Menu.Item>
        ))}
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={sort.down}
          leftSection={tick(sort.down)}
          onClick={() => setLook({ ...look, sort: { ...sort, down: !sort.down } })}
        >
          {t("view.down")}
        </Menu.Item>
        <div className={css.wide}>
          <Menu.Divider />
          <Menu.Label>{t("view.columns")}</Menu.Label>
          {COLUMNS.map((column) => {
            const on = columns.includes(column);
            return (
              <Menu.Item
                key={column}
                role="menuitemcheckbox"
                aria-checked={on}
                leftSection={tick(on)}
                onClick={() => setLook({ ...look, columns: COLUMNS.filter((one) => (one === column ? !on : columns.includes(one))) })}
              >
                {t(`column.${column}`)}
              </Menu.Item>
            );
          })}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
