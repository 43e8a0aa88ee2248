import { Button, Modal, Switch, Textarea, TextInput } from "@mantine/core";
import { IconBookmark, IconDownload, IconGitCompare, IconHistory, IconPencil, IconTrashX, IconUpload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Page";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag, StateTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { deleteVersion, describeVersion, keys, type Node, restoreVersion, type Version, versionsQuery } from "../api";
import type { NodeActions } from "../hooks/useNodeActions";
import { addVersion } from "../lib/uploads";
import { CompareDialog } from "./CompareDialog";
import { FileButton } from "./FileButton";
import css from "./NodePanel.module.css";
import { ScanTag } from "./ScanState";

const FEW = 4;
const TEXTS = /^(text\/|application\/(json|xml|x-yaml))/;

interface Props {
  node: Node;
  mayWrite: boolean;
  mayPurge: boolean;
  actions: NodeActions;
  /** The one that a link names: the list opens on it. */
  shown?: number | undefined;
}

/** All contents of a document: who made each, what is said of it, and the way back to it. */
export function Versions({ node, mayWrite, mayPurge, actions, shown }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(versionsQuery(node));
  const [all, setAll] = useState(shown !== undefined);
  const target = useRef<HTMLLIElement>(null);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere && shown !== undefined) target.current?.scrollIntoView({ block: "center" });
  }, [isThere, shown]);
  const [failure, setFailure] = useState<unknown>(null);
  const [ask, setAsk] = useState<{ what: "describe" | "compare"; version: Version } | null>(null);
  const versions = data?.items ?? [];

  const restore = async (version: Version): Promise<void> => {
    setFailure(null);
    try {
      actions.saved(await restoreVersion(node.id, version.number));
      void cache.invalidateQueries({ queryKey: keys.node(node.id) });
      toast(t("done.version_restored", { number: version.number }));
    } catch (problem) {
      setFailure(problem);
    }
  };
  const remove = ({ number, size }: Version): void =>
    confirm({
      title: t("versions.delete_title", { number }),
      consequence: t("versions.delete_text", { size: byteSize(size) }),
      verb: t("versions.delete"),
      act: async () => {
        await deleteVersion(node.id, number);
        await cache.invalidateQueries({ queryKey: ["document-versions", node.id] });
      },
    });

  const menuOf = (version: Version): RowAction[] => {
    const older = version.number !== node.content_version;
    const actionsOf: (RowAction | false)[] = [
      version.state !== "infected" && { key: "download", label: t("action.download"), icon: IconDownload, onSelect: () => actions.download(node, version.number) },
      older && TEXTS.test(version.media_type) && TEXTS.test(node.media_type) && {
        key: "compare", label: t("versions.compare"), icon: IconGitCompare, onSelect: () => setAsk({ what: "compare", version }),
      },
      mayWrite && { key: "describe", label: t("versions.describe"), icon: IconPencil, onSelect: () => setAsk({ what: "describe", version }) },
      mayWrite && older && version.state !== "infected" && { key: "restore", label: t("action.restore_version"), icon: IconHistory, onSelect: () => void restore(version) },
      mayPurge && older && { key: "delete", label: t("versions.delete"), icon: IconTrashX, onSelect: () => remove(version), danger: true },
    ];
    return actionsOf.filter((one) => one !== false);
  };

  return (
    <Section title={t("panel.versions")} action={mayWrite ? <NewVersion node={node} /> : undefined}>
      {isPending && <RowsSkeleton rows={2} />}
      <ProblemNote error={error ?? failure} />
      {versions.length === 0 && !isPending && !error && <p className={css.none}>{t("panel.no_version")}</p>}
      <ul role="list" className={css.versions}>
        {(all ? versions : versions.slice(0, FEW)).map((version) => (
          <li key={version.id} className={css.version} {...(version.number === shown && { ref: target, "aria-current": true })}>
            <PersonAvatar person={version.author} size={28} />
            <span className={css.what}>
              <span className={css.label}>
                {version.label !== ""
                  ? `${version.label} (${t("panel.version", { number: version.number })})`
                  : version.restored_from === null
                    ? t("panel.version", { number: version.number })
                    : t("panel.version_restored", { number: version.number, from: version.restored_from })}
                {version.number === node.content_version && <StateTag tone="info">{t("panel.current")}</StateTag>}
                <ScanTag state={version.state} />
                {version.kept && <IconBookmark size={16} stroke={1.75} role="img" aria-label={t("versions.kept")} />}
              </span>
              <span className={css.meta}>
                {version.depositor === "" ? version.author.name : t("share.external_by", { name: version.depositor })}
                {version.author.guest && (
                  <>
                    {" "}
                    <GuestTag />
                  </>
                )}
                {", "}
                <DateTime at={version.created_at} />, {byteSize(version.size)}, {t(`versions.origin.${version.origin}`)}
                {version.depositor !== "" && ` (${version.depositor})`}
              </span>
              {version.comment !== "" && <span className={css.comment}>{version.comment}</span>}
            </span>
            <RowMenu name={t("panel.version", { number: version.number })} actions={menuOf(version)} />
          </li>
        ))}
      </ul>
      {versions.length > FEW && (
        <Button variant="subtle" size="sm" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("panel.fewer_versions") : t("panel.all_versions", { count: versions.length })}
        </Button>
      )}
      {ask?.what === "describe" && <DescribeDialog node={node} version={ask.version} onClose={() => setAsk(null)} />}
      {ask?.what === "compare" && <CompareDialog node={node} before={ask.version.number} onClose={() => setAsk(null)} />}
    </Section>
  );
}

function NewVersion({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <FileButton leftSection={<IconUpload size={18} stroke={1.75} />} onChosen={([file]) => file && addVersion(node, file)}>
      {t("action.new_version")}
    </FileButton>
  );
}

/** A name, a few words, and whether it stays for ever; only what was changed is sent. */
function DescribeDialog({ node, version, onClose }: { node: Node; version: Version; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [label, setLabel] = useState(version.label);
  const [comment, setComment] = useState(version.comment);
  const [kept, setKept] = useState(version.kept);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setError(null);
    const changed = {
      ...(label !== version.label && { label }),
      ...(comment !== version.comment && { comment }),
      ...(kept !== version.kept && { kept }),
    };
    try {
      await describeVersion(node.id, version.number, changed);
      await cache.invalidateQueries({ queryKey: ["document-versions", node.id] });
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("versions.title", { number: version.number })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form
        className={dialogs.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput data-autofocus label={t("versions.label")} maxLength={120} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
        <Textarea label={t("versions.comment")} maxLength={1000} autosize minRows={2} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
        <Switch label={t("versions.keep")} description={t("versions.keep_hint")} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        <ProblemNote error={error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit">{t("versions.save")}</Button>
        </div>
      </form>
    </Modal>
  );
}
