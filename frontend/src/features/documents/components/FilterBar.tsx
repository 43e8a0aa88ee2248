import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import { IconFilter, IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { membersQuery } from "../api";
import { FAMILIES, type Family, type Field, type Fields, fieldsQuery, type Filter, isActive, NO_FILTER } from "../fields";
import css from "./Filter.module.css";

/** What narrows the list: a kind, a tag, and any of the workspace's fields. */
export function FilterBar({ workspaceId, filter, onChange }: { workspaceId: string; filter: Filter; onChange: (filter: Filter) => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data } = useQuery(fieldsQuery(workspaceId));
  const [opened, setOpened] = useState(false);
  const shown = opened || isActive(filter);
  const fields = data?.items ?? [];
  const chosen = fields.filter((field) => field.id in filter.values);
  const others = fields.filter((field) => !(field.id in filter.values));
  const clear = (): void => {
    onChange(NO_FILTER);
    setOpened(false);
  };
  if (!shown) {
    return (
      <div className={css.bar}>
        <Button size="sm" variant="subtle" leftSection={<IconFilter size={18} stroke={1.75} />} onClick={() => setOpened(true)}>
          {t("filter.open")}
        </Button>
      </div>
    );
  }
  return (
    <div className={css.bar} role="group" aria-label={t("filter.label")}>
      <Select
        className={css.item}
        aria-label={t("filter.family")}
        placeholder={t("filter.family")}
        data={FAMILIES.map((one) => ({ value: one, label: t(`filter.family_${one}`) }))}
        value={filter.family}
        onChange={(value) => onChange({ ...filter, family: value as Family | null })}
        clearable
        clearButtonProps={{ "aria-label": t("filter.any_family") }}
      />
      {(data?.tags.length ?? 0) > 0 && (
        <Select
          className={css.item}
          aria-label={t("filter.tag")}
          placeholder={t("filter.tag")}
          data={data?.tags ?? []}
          value={filter.tag}
          onChange={(value) => onChange({ ...filter, tag: value })}
          clearable
          searchable
          nothingFoundMessage={t("filter.no_tag")}
          clearButtonProps={{ "aria-label": t("filter.any_tag") }}
        />
      )}
      {chosen.map((field) => (
        <div key={field.id} className={css.item}>
          <Value field={field} workspaceId={workspaceId} people={data?.people ?? []} value={filter.values[field.id] ?? ""} onChange={(value) => onChange({ ...filter, values: { ...filter.values, [field.id]: value } })} />
          <ActionIcon
            aria-label={t("filter.remove", { name: field.name })}
            onClick={() => onChange({ ...filter, values: Object.fromEntries(Object.entries(filter.values).filter(([id]) => id !== field.id)) })}
          >
            <IconX size={18} stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      {others.length > 0 && (
        <Menu>
          <Menu.Target>
            <Button size="sm" variant="subtle" leftSection={<IconPlus size={18} stroke={1.75} />}>
              {t("filter.field")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((field) => (
              <Menu.Item key={field.id} onClick={() => onChange({ ...filter, values: { ...filter.values, [field.id]: "" } })}>
                {field.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Button size="sm" variant="subtle" leftSection={<IconX size={18} stroke={1.75} />} onClick={clear}>
        {t("filter.clear")}
      </Button>
    </div>
  );
}

function Value({ field, workspaceId, people, value, onChange }: { field: Field; workspaceId: string; people: Fields["people"]; value: string; onChange: (value: string) => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data: members } = useQuery({ ...membersQuery(workspaceId), enabled: field.kind === "person", retry: false });
  if (field.kind === "choice" || field.kind === "person") {
    const names = new Map([...people.map((one) => [one.id, one.name] as const), ...(members?.items ?? []).map(({ person }) => [person.id, person.name] as const)]);
    const data = field.kind === "choice" ? field.options.map(({ id, name }) => ({ value: id, label: name })) : [...names].map(([id, label]) => ({ value: id, label }));
    return (
      <div className={css.range}>
        <span aria-hidden="true">{field.name}</span>
        <Select
          aria-label={field.name}
          placeholder={t("filter.choose")}
          data={data}
          value={value === "" ? null : value}
          onChange={(next) => onChange(next ?? "")}
          searchable={data.length > 8}
          nothingFoundMessage={t("fields.nobody")}
        />
      </div>
    );
  }
  if (field.kind === "text") {
    return (
      <div className={css.range}>
        <span aria-hidden="true">{field.name}</span>
        <Later label={field.name} value={value} onChange={onChange} />
      </div>
    );
  }
  const [since = "", until = ""] = value.split("..");
  const put = (from: string, to: string): void => onChange(from === "" && to === "" ? "" : `${from}..${to}`);
  const type = field.kind === "date" ? "date" : "number";
  return (
    <div className={css.range} role="group" aria-label={field.name}>
      <span>{t("filter.between", { name: field.name })}</span>
      <Later type={type} label={t("filter.from", { name: field.name })} value={since} onChange={(next) => put(next, until)} />
      <span>{t("filter.and")}</span>
      <Later type={type} label={t("filter.until", { name: field.name })} value={until} onChange={(next) => put(since, next)} />
    </div>
  );
}

const PAUSE = 350;

/** What is typed narrows the list when one pauses. */
function Later({ label, value, type = "text", onChange }: { label: string; value: string; type?: "text" | "number" | "date"; onChange: (value: string) => void }): React.JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return undefined;
    const timer = setTimeout(() => {
      onChange(typed);
      setTyped(null);
    }, PAUSE);
    return () => clearTimeout(timer);
    // the pause begins again with each letter, not with each drawing
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return (
    <TextInput
      type={type}
      aria-label={label}
      {...(type === "number" && { step: "any" })}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
