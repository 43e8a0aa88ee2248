import { Button, Checkbox, Menu } from "@mantine/core";
import { IconFilter, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { Toolbar } from "../../../shared/ui/Page";
import { membersQuery } from "../api";
import type { BoardData } from "../hooks/useBoard";
import { type Filters, isFiltering, NO_FILTERS } from "../lib/board";
import css from "./FilterBar.module.css";

interface Props {
  board: BoardData;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
}

/** Whose, which labels, only late; how many there are. */
export function FilterBar({ board, filters, onChange }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const { data: members } = useQuery(membersQuery(board.workspaceId));
  const onlyMine = filters.people.length === 1 && filters.people[0] === me.id;
  const count = filters.people.length + filters.labels.length + Number(filters.late);
  return (
    <Toolbar
      label={t("filter.label")}
      end={
        <span role="status">
          {isFiltering(filters)
            ? t("filter.shown", { count: board.shown.length, total: board.tasks.length })
            : t("filter.total", { count: board.tasks.length })}
          {board.late > 0 && t("filter.late_count", { count: board.late })}
        </span>
      }
    >
      <Menu closeOnItemClick={false} withinPortal>
        <Menu.Target>
          <Button size="sm" variant="default" leftSection={<IconFilter size={16} stroke={1.75} />}>
            {count > 0 ? t("filter.open_count", { count }) : t("filter.open")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={css.menu}>
          <Menu.Item role="menuitemcheckbox" aria-checked={filters.late} onClick={() => onChange({ ...filters, late: !filters.late })}>
            <Mark label={t("filter.late")} on={filters.late} />
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t("field.people")}</Menu.Label>
          {(members?.items ?? [])
            .filter((member) => member.role !== "guest")
            .map(({ person }) => (
              <Menu.Item
                key={person.id}
                role="menuitemcheckbox"
                aria-checked={filters.people.includes(person.id)}
                onClick={() => onChange({ ...filters, people: toggled(filters.people, person.id) })}
              >
                <Mark label={person.name} on={filters.people.includes(person.id)} />
              </Menu.Item>
            ))}
          {board.labels.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Label>{t("field.labels")}</Menu.Label>
            </>
          )}
          {board.labels.map((label) => (
            <Menu.Item
              key={label.id}
              role="menuitemcheckbox"
              aria-checked={filters.labels.includes(label.id)}
              onClick={() => onChange({ ...filters, labels: toggled(filters.labels, label.id) })}
            >
              <Mark label={label.name} on={filters.labels.includes(label.id)} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconUser size={16} stroke={1.75} />}
        aria-pressed={onlyMine}
        className={onlyMine ? css.on : ""}
        onClick={() => onChange({ ...filters, people: onlyMine ? [] : [me.id] })}
      >
        {t("filter.mine")}
      </Button>
      {isFiltering(filters) && (
        <Button size="sm" variant="subtle" onClick={() => onChange(NO_FILTERS)}>
          {t("filter.clear")}
        </Button>
      )}
    </Toolbar>
  );
}

/** The mark of a menu line: the line itself has the role and the state. */
function Mark({ label, on }: { label: string; on: boolean }): React.JSX.Element {
  return (
    <span className={css.mark}>
      <Checkbox.Indicator checked={on} aria-hidden="true" />
      {label}
    </span>
  );
}
