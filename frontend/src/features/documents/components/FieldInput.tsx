import { NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import type { Node, NodeForMe } from "../api";
import { type Field, type FieldValue, fillField } from "../fields";

interface Props {
  node: Node;
  field: Field;
  people: ReadonlyMap<string, string>;
  onSaved: (node: NodeForMe) => void;
}

/** One value: a choice is saved at once, what is typed when one leaves the field or presses Entrée. */
export function FieldInput({ node, field, people, onSaved }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const held = node.fields[field.id];
  const [typed, setTyped] = useState<FieldValue | null>(null);
  const [error, setError] = useState<string | null>(null);
  const save = async (value: FieldValue | null): Promise<void> => {
    if (value === (held ?? null)) {
      setTyped(null);
      return;
    }
    setError(null);
    try {
      onSaved(await fillField(node.id, field.id, value));
      setTyped(null);
    } catch (problem) {
      setError(isProblem(problem, "value_refused") ? t(`fields.refused_${field.kind}`) : sentenceFor(problem, t));
    }
  };
  const leave = (): void => {
    if (typed === null) return;
    const text = String(typed).trim();
    void save(text === "" ? null : field.kind === "number" ? Number(text) : text);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") leave();
    else if (event.key === "Escape" && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      setError(null);
    }
  };
  const shared = { label: field.name, error, onBlur: leave, onKeyDown };
  switch (field.kind) {
    case "choice":
    case "person": {
      const data =
        field.kind === "choice"
          ? field.options.map(({ id, name }) => ({ value: id, label: name }))
          : [...people].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label, "fr"));
      return (
        <Select
          label={field.name}
          error={error}
          data={data}
          value={held === undefined ? null : String(held)}
          onChange={(value) => void save(value)}
          clearable
          searchable={data.length > 8}
          nothingFoundMessage={t("fields.nobody")}
          clearButtonProps={{ "aria-label": t("fields.clear", { name: field.name }) }}
        />
      );
    }
    case "number":
      return <NumberInput {...shared} hideControls decimalSeparator="," value={typed ?? held ?? ""} onChange={setTyped} />;
    case "date":
      return <TextInput {...shared} type="date" min="0001-01-01" max="9999-12-31" value={String(typed ?? held ?? "")} onChange={(event) => setTyped(event.currentTarget.value)} />;
    case "text":
      return <TextInput {...shared} maxLength={500} value={String(typed ?? held ?? "")} onChange={(event) => setTyped(event.currentTarget.value)} />;
  }
}
