import { ActionIcon, Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash, IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { newId } from "../../../shared/lib/ids";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { createField, deleteField, type Field, FIELD_KINDS, fieldFolds, type FieldKind, fieldKeys, fieldsQuery, fieldUse, type Option, orderFields, updateField } from "../fields";
import css from "./Fields.module.css";

const MOST = 20;
const MOST_OPTIONS = 50;

/** What goes away with a yes. Asked in the same dialog: one over another would both end with Échap. */
interface Question {
  title: string;
  text: string;
  act: () => Promise<void>;
}

/** A manager makes, renames, orders and takes away the fields of a workspace. */
export function FieldsDialog({ workspaceId, onClose }: { workspaceId: string; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(fieldsQuery(workspaceId));
  const [failure, setFailure] = useState<unknown>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const answered = (): void => {
    setQuestion(null);
    setTimeout(() => list.current?.focus()); // what had the focus may be no more
  };
  const fields = data?.items ?? [];
  const order = (index: number, by: number): void => {
    const ids = fields.map((field) => field.id);
    const [moved] = ids.splice(index, 1);
    if (moved === undefined) return;
    ids.splice(index + by, 0, moved);
    setFailure(null);
    orderFields(workspaceId, ids).then((next) => cache.setQueryData(fieldKeys.of(workspaceId), next), setFailure);
  };
  return (
    <Modal
      opened
      onClose={question ? answered : onClose}
      title={question?.title ?? t("fields.dialog")}
      size="lg"
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {question ? (
        <Answer question={question} onDone={answered} />
      ) : (
        <>
          <p className={css.lead}>{t("fields.lead")}</p>
          {isPending && <RowsSkeleton rows={3} />}
          <ProblemNote error={error ?? failure} />
          <ul role="list" ref={list} tabIndex={-1} className={css.list}>
            {fields.map((field, index) => (
              <FieldRow key={field.id} field={field} onUp={index > 0 ? () => order(index, -1) : null} onDown={index < fields.length - 1 ? () => order(index, 1) : null} ask={setQuestion} />
            ))}
          </ul>
          {data && (fields.length < MOST ? <NewField workspaceId={workspaceId} first={fields.length === 0} /> : <p className={css.none}>{t("fields.full")}</p>)}
        </>
      )}
    </Modal>
  );
}

function Answer({ question, onDone }: { question: Question; onDone: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  const act = (): void => {
    setBusy(true);
    question.act().then(onDone, (problem: unknown) => {
      setError(problem);
      setBusy(false);
    });
  };
  return (
    <>
      <p className={css.lead}>{question.text}</p>
      <ProblemNote error={error} />
      <div className={css.buttons}>
        <Button ref={no} variant="default" onClick={onDone}>
          {t("common:cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={act}>
          {t("fields.delete")}
        </Button>
      </div>
    </>
  );
}

type Ask = (question: Question) => void;

function FieldRow({ field, onUp, onDown, ask }: { field: Field; onUp: (() => void) | null; onDown: (() => void) | null; ask: Ask }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [error, setError] = useState<string | null>(null);
  const save = async (body: { name?: string; options?: Option[] }): Promise<void> => {
    setError(null);
    try {
      fieldFolds.changed(cache, await updateField(field, body));
    } catch (problem) {
      setError(sentenceFor(problem, t));
    }
  };
  const remove = async (): Promise<void> => {
    const count = await fieldUse(field).catch(() => 0);
    ask({
      title: t("fields.delete_title", { name: field.name }),
      text: count === 0 ? t("fields.delete_unused") : t("fields.delete_text", { count }),
      act: async () => {
        await deleteField(field);
        fieldFolds.removed(cache, { id: field.id, parent_id: field.workspace_id });
      },
    });
  };
  return (
    <li className={css.field}>
      <div className={css.line}>
        <Kept className={css.grow} label={t("fields.name")} value={field.name} error={error} onSave={(name) => void save({ name })} />
        <span className={css.kind}>{t(`fields.kind_${field.kind}`)}</span>
        <ActionIcon aria-label={t("fields.up", { name: field.name })} disabled={onUp === null} onClick={() => onUp?.()}>
          <IconArrowUp size={18} stroke={1.75} />
        </ActionIcon>
        <ActionIcon aria-label={t("fields.down", { name: field.name })} disabled={onDown === null} onClick={() => onDown?.()}>
          <IconArrowDown size={18} stroke={1.75} />
        </ActionIcon>
        <ActionIcon aria-label={t("fields.delete_this", { name: field.name })} onClick={() => void remove()}>
          <IconTrash size={18} stroke={1.75} />
        </ActionIcon>
      </div>
      {field.kind === "choice" && <Options field={field} ask={ask} onSave={save} />}
    </li>
  );
}

function Options({ field, ask, onSave }: { field: Field; ask: Ask; onSave: (body: { options: Option[] }) => Promise<void> }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [fresh, setFresh] = useState("");
  const add = (): void => {
    const name = fresh.trim();
    if (name === "") return;
    void onSave({ options: [...field.options, { name }] });
    setFresh("");
  };
  const remove = ({ id, name }: { id: string; name: string }): void =>
    ask({
      title: t("fields.option_delete_title", { name }),
      text: t("fields.option_delete_text"),
      act: async () => fieldFolds.changed(cache, await updateField(field, { options: field.options.filter((one) => one.id !== id) })),
    });
  return (
    <ul role="list" className={css.options} aria-label={t("fields.options", { name: field.name })}>
      {field.options.map((option) => (
        <li key={option.id} className={css.line}>
          <Kept
            className={css.grow}
            label={t("fields.option")}
            value={option.name}
            onSave={(name) => void onSave({ options: field.options.map((one) => (one.id === option.id ? { ...one, name } : one)) })}
          />
          {field.options.length > 1 && (
            <ActionIcon aria-label={t("fields.delete_this", { name: option.name })} onClick={() => remove(option)}>
              <IconX size={18} stroke={1.75} />
            </ActionIcon>
          )}
        </li>
      ))}
      {field.options.length < MOST_OPTIONS && (
        <li className={css.line}>
          <TextInput
            className={css.grow}
            aria-label={t("fields.option_new")}
            placeholder={t("fields.option_new")}
            maxLength={60}
            value={fresh}
            onChange={(event) => setFresh(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && add()}
          />
          <ActionIcon aria-label={t("fields.option_add")} disabled={fresh.trim() === ""} onClick={add}>
            <IconPlus size={18} stroke={1.75} />
          </ActionIcon>
        </li>
      )}
    </ul>
  );
}

/** A name that is saved when one leaves it or presses Entrée; emptied, it comes back. */
function Kept({ label, value, error, className, onSave }: { label: string; value: string; error?: string | null; className: string | undefined; onSave: (value: string) => void }): React.JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    const next = typed?.trim() ?? "";
    setTyped(null);
    if (next !== "" && next !== value) onSave(next);
  };
  return (
    <TextInput
      className={className ?? ""}
      aria-label={label}
      error={error ?? null}
      maxLength={60}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && leave()}
    />
  );
}

function NewField({ workspaceId, first }: { workspaceId: string; first: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<FieldKind>("text");
  const [options, setOptions] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [id, setId] = useState(newId);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const lines = [...new Set(options.split("\n").map((line) => line.trim()).filter(Boolean))];
      fieldFolds.changed(cache, await createField(workspaceId, { id, kind, name, options: kind === "choice" ? lines.map((line) => ({ name: line })) : [] }));
      setId(newId());
      setName((held) => (held === name ? "" : held)); // what was typed meanwhile stays
      setOptions((held) => (held === options ? "" : held));
      setKind("text");
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={css.add}
      aria-label={t("fields.add")}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={css.line}>
        <TextInput className={css.grow} label={t("fields.new_name")} maxLength={60} required value={name} data-autofocus={first || undefined} onChange={(event) => setName(event.currentTarget.value)} />
        <Select
          label={t("fields.new_kind")}
          allowDeselect={false}
          data={FIELD_KINDS.map((one) => ({ value: one, label: t(`fields.kind_${one}`) }))}
          value={kind}
          onChange={(value) => setKind(value as FieldKind)}
        />
      </div>
      {kind === "choice" && (
        <Textarea label={t("fields.new_options")} description={t("fields.new_options_hint")} autosize minRows={3} required value={options} onChange={(event) => setOptions(event.currentTarget.value)} />
      )}
      <ProblemNote error={error} />
      <div className={css.buttons}>
        <Button type="submit" loading={busy} disabled={name.trim() === "" || (kind === "choice" && options.trim() === "")}>
          {t("fields.add")}
        </Button>
      </div>
    </form>
  );
}
