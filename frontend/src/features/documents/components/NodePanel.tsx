import { Button, Tabs } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { useWorkspace } from "../../../shared/session/session";
import { fileKind } from "../../../shared/ui/fileKind";
import { DateTime } from "../../../shared/ui/DateTime";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { Section } from "../../../shared/ui/Page";
import { DetailsPanel } from "../../../shared/ui/panel";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { type Abilities, accessQuery, keys, type Node } from "../api";
import type { NodeActions } from "../hooks/useNodeActions";
import { AccessDialog } from "./AccessDialog";
import { Activity } from "./Activity";
import { ApprovalBanner } from "./ApprovalBanner";
import { Approvals } from "./Approvals";
import { Cited } from "./Cited";
import { Comments } from "./Comments";
import { Fields } from "./Fields";
import { LockNote } from "./LockNote";
import { MarkButtons } from "./MarkButtons";
import css from "./NodePanel.module.css";
import { NodeWords } from "./NodeWords";
import { Preview } from "./Preview";
import { Quotable } from "./Quotable";
import { Retention } from "./Retention";
import { isHeld, ScanLine } from "./ScanState";
import { ShareLinks } from "./ShareLinks";
import { Versions } from "./Versions";

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
  const workspace = useWorkspace();
  const folder = node.kind === "folder";
  const { commentaire: wanted, demande } = useSearch({ strict: false });
  const [tab, setTab] = useState<string | null>(folder || demande !== undefined ? "details" : "preview");
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const [quote, setQuote] = useState("");
  const [version, setVersion] = useState<number | undefined>(undefined);
  if (wanted !== asked) {
    setAsked(wanted);
    if (wanted !== undefined) setTab("comments");
  }
  const seeVersion = useCallback((number: number): void => {
    setVersion(number);
    setTab("details");
  }, []);
  const quoted = useCallback((words: string): void => {
    setQuote(words);
    setTab("comments");
  }, []);
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
          <Button leftSection={<IconDownload size={18} stroke={1.75} />} disabled={isHeld(node)} onClick={() => actions.download(node)}>
            {t("action.download")}
          </Button>
        )}
        <MarkButtons node={node} />
        <RowMenu name={node.name} actions={menu} />
      </div>
      <ApprovalBanner key={`asked ${node.id}`} node={node} shown={tab === "preview"} onDownload={(number) => actions.download(node, number)} />
      <LockNote key={node.id} node={node} abilities={abilities} onSaved={actions.saved} />
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List className={css.tabs}>
          {!folder && <Tabs.Tab value="preview">{t("panel.preview")}</Tabs.Tab>}
          <Tabs.Tab value="details">{t("panel.details")}</Tabs.Tab>
          <Tabs.Tab value="comments">{node.open_comments > 0 ? t("comments.title_count", { count: node.open_comments }) : t("comments.title")}</Tabs.Tab>
          <Tabs.Tab value="activity">{t("activity.title")}</Tabs.Tab>
        </Tabs.List>
        {!folder && (
          <Tabs.Panel value="preview">
            <Quotable onQuote={abilities?.upload === true ? quoted : null}>
              <Preview node={node} onDownload={() => actions.download(node)} />
            </Quotable>
          </Tabs.Panel>
        )}
        <Tabs.Panel value="details">
          <Details node={node} abilities={abilities} actions={actions} version={version} asked={demande !== undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <Activity workspaceId={node.workspace_id} slug={workspace.slug} node={node} empty={t("activity.none")} />
        </Tabs.Panel>
        <Tabs.Panel value="comments">
          <Comments
            key={wanted ?? ""}
            node={node}
            wanted={wanted}
            quote={quote}
            onQuoted={() => setQuote("")}
            onVersion={seeVersion}
          />
        </Tabs.Panel>
      </Tabs>
    </DetailsPanel>
  );
}

interface DetailsProps {
  node: Node;
  abilities: Abilities | undefined;
  actions: NodeActions;
  version: number | undefined;
  /** Whether a link leads to what was asked about it. */
  asked: boolean;
}

function Details({ node, abilities, actions, version, asked }: DetailsProps): React.JSX.Element {
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
      <ShareLinks node={node} mayShare={abilities?.upload ?? false} />
      {editing && access && <AccessDialog node={node} access={access} onClose={() => setEditing(false)} />}
      {node.access === "conversation" && <p className={css.none}>{t("of_conversation_hint")}</p>}
      {node.kind === "document" && <Cited node={node} />}
      {node.kind === "document" && <Versions node={node} mayWrite={abilities?.upload ?? false} mayPurge={abilities?.purge ?? false} actions={actions} shown={version} />}
      {node.kind === "document" && <Approvals node={node} wanted={asked} />}
      {node.kind === "folder" && <Retention node={node} />}
      <NodeWords node={node} mayWrite={abilities?.rename ?? false} onSaved={actions.saved} />
      <Fields node={node} mayWrite={abilities?.rename ?? false} onSaved={actions.saved} />
      <Section title={t("panel.about")}>
        <dl className={css.facts}>
          <dt>{t("panel.created")}</dt>
          <dd>
            {node.created_by.name}, <DateTime at={node.created_at} />
          </dd>
          <dt>{t("panel.modified")}</dt>
          <dd>
            {node.depositor === "" ? node.modified_by.name : t("share.external_by", { name: node.depositor })}, <DateTime at={node.modified_at} />
          </dd>
          {node.kind === "document" && (
            <>
              <dt>{t("panel.antivirus")}</dt>
              <dd>
                <ScanLine node={node} mayCheck={abilities?.purge ?? false} />
              </dd>
            </>
          )}
        </dl>
      </Section>
    </>
  );
}
