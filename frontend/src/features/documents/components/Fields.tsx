import { Button } from "@mantine/core";
import { IconPencil, IconSettings } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../../shared/i18n";
import { Section } from "../../../shared/ui/Page";
import { membersQuery, type Node, type NodeForMe } from "../api";
import { type Field, fieldKeys, type FieldValue, fieldsQuery } from "../fields";
import { dayInWords } from "../lib/fieldWords";
import { FieldInput } from "./FieldInput";
import { FieldsDialog } from "./FieldsDialog";
import css from "./Fields.module.css";

/** The workspace's own fields of a document or a folder. Each is saved by itself. */
export function Fields({ node, mayWrite, onSaved }: { node: Node; mayWrite: boolean; onSaved: (node: NodeForMe) => void }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const { data } = useQuery(fieldsQuery(node.workspace_id));
  const [editing, setEditing] = useState(false);
  const [managing, setManaging] = useState(false);
  const people = useNames(node, data?.items ?? []);
  if (!data) return null;
  const filled = data.items.filter((field) => shownValue(field, node.fields[field.id], people) !== null);
  const fillable = mayWrite && data.items.length > 0;
  if (filled.length === 0 && !fillable && !data.may_manage) return null;
  const words = data.items.length === 0 ? t("fields.none_yet") : t("fields.none");
  return (
    <Section
      title={t("fields.title")}
      action={
        <>
          {data.may_manage && !editing && (
            <Button variant="subtle" size="sm" leftSection={<IconSettings size={18} stroke={1.75} />} onClick={() => setManaging(true)}>
              {t("fields.manage")}
            </Button>
          )}
          {fillable && !editing && (
            <Button variant="subtle" size="sm" leftSection={<IconPencil size={18} stroke={1.75} />} onClick={() => setEditing(true)}>
              {t("fields.fill")}
            </Button>
          )}
        </>
      }
    >
      {editing && mayWrite ? (
        <div className={css.inputs}>
          {data.items.map((field) => (
            <FieldInput key={field.id} node={node} field={field} people={people} onSaved={onSaved} />
          ))}
          <div className={css.buttons}>
            <Button size="sm" variant="default" onClick={() => setEditing(false)}>
              {t("fields.done")}
            </Button>
          </div>
        </div>
      ) : filled.length === 0 ? (
        <p className={css.none}>{words}</p>
      ) : (
        <dl className={css.values}>
          {filled.map((field) => (
            <div key={field.id}>
              <dt>{field.name}</dt>
              <dd>{shownValue(field, node.fields[field.id], people)}</dd>
            </div>
          ))}
        </dl>
      )}
      {managing && <FieldsDialog workspaceId={node.workspace_id} onClose={() => setManaging(false)} />}
    </Section>
  );
}

/** In words; null when there is none, or when its option is no more. */
function shownValue(field: Field, value: FieldValue | undefined, people: ReadonlyMap<string, string>): string | null {
  if (value === undefined) return null;
  switch (field.kind) {
    case "choice":
      return field.options.find((one) => one.id === value)?.name ?? null;
    case "person":
      return people.get(String(value)) ?? "…";
    case "number":
      return Number(value).toLocaleString(currentLanguage(), { maximumFractionDigits: 10 });
    case "date":
      return dayInWords(String(value));
    case "text":
      return String(value);
  }
}

/** Names by person: members, and those whom documents already name. Somebody new is asked for. */
function useNames(node: Node, fields: readonly Field[]): ReadonlyMap<string, string> {
  const cache = useQueryClient();
  const { data } = useQuery(fieldsQuery(node.workspace_id));
  const asks = fields.some((field) => field.kind === "person");
  const { data: members } = useQuery({ ...membersQuery(node.workspace_id), enabled: asks, retry: false });
  const names = new Map<string, string>();
  for (const one of data?.people ?? []) names.set(one.id, one.name);
  for (const one of members?.items ?? []) names.set(one.person.id, one.person.name);
  const unknown = fields
    .filter((field) => field.kind === "person")
    .map((field) => node.fields[field.id])
    .filter((id) => id !== undefined && !names.has(String(id)))
    .join(" ");
  useEffect(() => {
    if (unknown !== "") void cache.invalidateQueries({ queryKey: fieldKeys.of(node.workspace_id) });
  }, [cache, node.workspace_id, unknown]);
  return names;
}
