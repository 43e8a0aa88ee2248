import { Button, Tabs } from "@mantine/core";
import { IconDownload, IconHistory, IconUpload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { fileKind } from "../../../shared/ui/fileKind";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Page";
import { DetailsPanel } from "../../../shared/ui/panel";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag, StateTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { type Abilities, accessQuery, keys, type Node, restoreVersion, type Version, versionsQuery } from "../api";
import type { NodeActions } from "../hooks/useNodeActions";
import { addVersion } from "../lib/uploads";
import { AccessDialog } from "./AccessDialog";
import css from "./NodePanel.module.css";
import { Preview } from "./Preview";

interface Props {
  node: Node;
  abilities: Abilities | undefined;
  actions: NodeActions;
  menu: RowAction[];
  focusTitle: boolean;
  onClose: () => void;
}

/** The details of a row: what it looks like, who sees it, what it was before. */
export function NodePanel({ node, abilities, actions, menu, focusTitle, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const folder = node.kind === "folder";
  const [tab, setTab] = useState<string | null>("preview");
  const kind = t(`common:file.${folder ? "folder" : fileKind(node.name, node.media_type)}`);
  return (
    <DetailsPanel
      title={node.name}
      onClose={onClose}
      meta={folder ? kind : `${kind} · ${byteSize(node.size)}`}
      icon={<FileIcon name={node.name} mediaType={node.media_type} folder={folder} locked={node.access === "restricted"} size={24} />}
      focusTitle={focusTitle}
    >
      <div className={css.buttons}>
        {!folder && (
          <Button leftSection={<IconDownload size={18} stroke={1.75} />} onClick={() => actions.download(node)}>
            {t("action.download")}
          </Button>
        )}
        <RowMenu name={node.name} actions={menu} />
      </div>
      {folder ? (
        <Details node={node} abilities={abilities} actions={actions} />
      ) : (
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List className={css.tabs}>
            <Tabs.Tab value="preview">{t("panel.preview")}</Tabs.Tab>
            <Tabs.Tab value="details">{t("panel.details")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="preview">
            <Preview node={node} onDownload={() => actions.download(node)} />
          </Tabs.Panel>
          <Tabs.Panel value="details">
            <Details node={node} abilities={abilities} actions={actions} />
          </Tabs.Panel>
        </Tabs>
      )}
    </DetailsPanel>
  );
}

function NewVersion({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) addVersion(node, file);
        }}
      />
      <Button variant="subtle" size="sm" leftSection={<IconUpload size={18} stroke={1.75} />} onClick={() => input.current?.click()}>
        {t("action.new_version")}
      </Button>
    </>
  );
}

function Details({ node, abilities, actions }: { node: Node; abilities: Abilities | undefined; actions: NodeActions }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data: access } = useQuery(accessQuery(node));
  const [editing, setEditing] = useState(false);
  const from = access?.folder;
  const because = !access
    ? undefined
    : from === null || from === undefined
      ? t("panel.from_workspace")
      : from.id === node.id
        ? t("panel.own_access")
        : t("panel.from_folder", { name: from.name });
  return (
    <>
      <WhoHasAccess
        queryKey={[...keys.access(node.id, node.version), "people"]}
        scopeId={node.scope_id}
        {...(because !== undefined && { because })}
        action={
          access?.may_manage && abilities?.manage_access ? (
            <Button variant="subtle" size="sm" onClick={() => setEditing(true)}>
              {t("panel.edit_access")}
            </Button>
          ) : undefined
        }
      />
      {editing && access && <AccessDialog node={node} access={access} onClose={() => setEditing(false)} />}
      {node.kind === "document" && <Versions node={node} mayRestore={abilities?.upload ?? false} actions={actions} />}
      <Section title={t("panel.about")}>
        <dl className={css.facts}>
          <dt>{t("panel.created")}</dt>
          <dd>
            {node.created_by.name}, <DateTime at={node.created_at} />
          </dd>
          <dt>{t("panel.modified")}</dt>
          <dd>
            {node.modified_by.name}, <DateTime at={node.modified_at} />
          </dd>
          {node.kind === "document" && (
            <>
              <dt>{t("panel.antivirus")}</dt>
              <dd>{t("panel.unscanned")}</dd>
            </>
          )}
        </dl>
      </Section>
    </>
  );
}

const FEW = 4;

function Versions({ node, mayRestore, actions }: { node: Node; mayRestore: boolean; actions: NodeActions }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(versionsQuery(node));
  const [all, setAll] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
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

  const menuOf = (version: Version): RowAction[] => [
    { key: "download", label: t("action.download"), icon: IconDownload, onSelect: () => actions.download(node, version.number) },
    ...(mayRestore && version.number !== node.content_version
      ? [{ key: "restore", label: t("action.restore_version"), icon: IconHistory, onSelect: () => void restore(version) }]
      : []),
  ];

  return (
    <Section title={t("panel.versions")} action={mayRestore ? <NewVersion node={node} /> : undefined}>
      {isPending && <RowsSkeleton rows={2} />}
      <ProblemNote error={error ?? failure} />
      {versions.length === 0 && !isPending && !error && <p className={css.none}>{t("panel.no_version")}</p>}
      <ul role="list" className={css.versions}>
        {(all ? versions : versions.slice(0, FEW)).map((version) => (
          <li key={version.id} className={css.version}>
            <PersonAvatar person={version.author} size={28} />
            <span className={css.what}>
              <span className={css.label}>
                {version.restored_from === null
                  ? t("panel.version", { number: version.number })
                  : t("panel.version_restored", { number: version.number, from: version.restored_from })}
                {version.number === node.content_version && <StateTag tone="info">{t("panel.current")}</StateTag>}
              </span>
              <span className={css.meta}>
                {version.author.name}
                {version.author.guest && (
                  <>
                    {" "}
                    <GuestTag />
                  </>
                )}
                {", "}
                <DateTime at={version.created_at} />, {byteSize(version.size)}
              </span>
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
    </Section>
  );
}
