import { Button, TagsInput, Textarea } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { Prose } from "../../../shared/prose/Prose";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { describeNode, type Node, type NodeForMe } from "../api";
import css from "./NodePanel.module.css";

/** What people say of a row: a description and tags. Only what was changed is sent. */
export function NodeWords({ node, mayWrite, onSaved }: { node: Node; mayWrite: boolean; onSaved: (node: NodeForMe) => void }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const [editing, setEditing] = useState(false);
  if (!mayWrite && node.description === "" && node.tags.length === 0) return null;
  const edit = mayWrite && !editing && (
    <Button variant="subtle" size="sm" leftSection={<IconPencil size={18} stroke={1.75} />} onClick={() => setEditing(true)}>
      {t("words.edit")}
    </Button>
  );
  return (
    <Section title={t("words.title")} action={edit}>
      {editing ? (
        <WordsForm node={node} onSaved={onSaved} onClose={() => setEditing(false)} />
      ) : (
        <>
          {node.description !== "" && <Prose small text={node.description} />}
          {node.tags.length > 0 && (
            <ul role="list" className={css.tagList} aria-label={t("words.tags")}>
              {node.tags.map((tag) => (
                <li key={tag}>
                  <Link to="/recherche" search={{ q: tag, genre: "documents" }} className={css.tag}>
                    {tag}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {node.description === "" && node.tags.length === 0 && <p className={css.none}>{t("words.none")}</p>}
        </>
      )}
    </Section>
  );
}

function WordsForm({ node, onSaved, onClose }: { node: Node; onSaved: (node: NodeForMe) => void; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [description, setDescription] = useState(node.description);
  const [tags, setTags] = useState(node.tags);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setError(null);
    const said = tags.join("\n") !== node.tags.join("\n");
    try {
      onSaved(await describeNode(node.id, { ...(description !== node.description && { description }), ...(said && { tags }) }));
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      className={dialogs.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea label={t("words.description")} maxLength={2000} autosize minRows={2} data-autofocus value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
      <TagsInput label={t("words.tags")} description={t("words.tags_hint")} maxTags={20} value={tags} onChange={setTags} comboboxProps={{ withinPortal: false }} />
      <ProblemNote error={error} />
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit">{t("versions.save")}</Button>
      </div>
    </form>
  );
}
