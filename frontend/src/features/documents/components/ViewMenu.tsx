import { Menu } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FolderView } from "../hooks/useFolder";
import type { SortKey } from "../lib/tree";
import { COLUMNS, SORTS } from "../lib/view";
import css from "./PlaceBar.module.css";

/** How one looks at this folder: the order, the columns. It is remembered. */
export function ViewMenu({ view }: { view: FolderView }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { look, setLook } = view;
  const { sort, columns } = look;
  /** The newest and the largest first: what one looks for that way. */
  const sortBy = (by: SortKey): void => setLook({ ...look, sort: { by, down: ["modified", "created", "size"].includes(by) } });
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
        <Menu.RadioGroup value={sort.by} onChange={(by) => sortBy(by as SortKey)}>
          {SORTS.map((by) => (
            <Menu.RadioItem key={by} value={by}>
              {t(`column.${by}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.CheckboxItem checked={sort.down} onChange={(down) => setLook({ ...look, sort: { ...sort, down } })}>
          {t("view.down")}
        </Menu.CheckboxItem>
        <div className={css.wide}>
          <Menu.Divider />
          <Menu.Label>{t("view.columns")}</Menu.Label>
          {COLUMNS.map((column) => (
            <Menu.CheckboxItem
              key={column}
              checked={columns.includes(column)}
              onChange={(on) => setLook({ ...look, columns: COLUMNS.filter((one) => (one === column ? on : columns.includes(one))) })}
            >
              {t(`column.${column}`)}
            </Menu.CheckboxItem>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
