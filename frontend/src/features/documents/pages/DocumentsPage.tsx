import { Button, Menu } from "@mantine/core";
import {
  IconCheckbox, IconChevronRight, IconCopy, IconDownload, IconFile, IconFolder, IconFolderOpen, IconFolderPlus, IconFolderSymlink, IconInfoCircle,
  IconFileZip, IconPencil, IconShare2, IconTrash, IconUpload,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import type { RowAction } from "../../../shared/ui/RowMenu";
import { toast } from "../../../shared/ui/toast";
import { type Abilities, type Node, nodeQuery, placesQuery, type Step } from "../api";
import { ConflictDialog } from "../components/ConflictDialog";
import { MoveDialog } from "../components/MoveDialog";
import { FolderDialog, RenameDialog } from "../components/NameDialogs";
import { NodeGrid } from "../components/NodeGrid";
import { SelectionBar } from "../components/SelectionBar";
import { NodePanel } from "../components/NodePanel";
import { isHeld } from "../components/ScanState";
import { ShareDialog } from "../components/ShareDialog";
import { UnpackNote, useUnpack } from "../components/UnpackNote";
import { UploadTray } from "../components/UploadTray";
import { downloadFolder, downloadSelection } from "../archives";
import { useDrop } from "../hooks/useDrop";
import { useFolder } from "../hooks/useFolder";
import { useNodeActions } from "../hooks/useNodeActions";
import { type Dropped, fromFiles } from "../lib/dropped";
import { marked, type Marks, NONE, toggled } from "../lib/marks";
import { addDropped, lines as uploadLines, preparing as uploadPreparing, restoreUploads } from "../lib/uploads";
import { sharingQuery } from "../shares";
import css from "./DocumentsPage.module.css";

type Ask = { what: "folder" } | { what: "move-many"; nodes: Node[] } | { what: "rename" | "move" | "share"; node: Node } | null;

export default function DocumentsPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const me = useMe();
  const workspace = useWorkspace();
  const { nodeId } = useParams({ strict: false });
  const { doc } = useSearch({ strict: false });
  const navigate = useNavigate();
  const folderId = nodeId ?? null;
  const view = useFolder(workspace.id, folderId);
  const actions = useNodeActions();
  const unpack = useUnpack();
  const { data: sharing } = useQuery(sharingQuery(workspace.id));
  const [ask, setAsk] = useState<Ask>(null);
  const [byKey, setByKey] = useState(false);
  const [marking, setMarking] = useState<{ place: string | null; marks: Marks }>({ place: folderId, marks: NONE });
  const marks = marking.place === folderId ? marking.marks : NONE;
  const mark = (next: Marks): void => setMarking({ place: folderId, marks: next });
  const several = marked(marks, view.rows);
  const uploads = useUploads(workspace.id, me.id);
  const files = useRef<HTMLInputElement>(null);
  const folders = useRef<HTMLInputElement>(null);

  const { top } = view;
  const placeScope = top?.folder?.scope_id ?? workspace.id;
  const here = top?.abilities[placeScope]?.others;
  const mayWrite = here?.upload ?? false;
  const mayOf = (node: Node): Abilities | undefined => top?.abilities[node.scope_id]?.others;

  const listed = view.rows.find((row) => row.node.id === doc)?.node;
  const { data: fetched, error: missing } = useQuery({ ...nodeQuery(doc ?? ""), enabled: doc !== undefined && top !== undefined && !listed });
  const selected = listed ?? (doc !== undefined ? fetched : undefined);

  const show = (id: string | undefined): void =>
    void navigate(
      folderId === null
        ? { to: "/w/$slug/documents", params: { slug: workspace.slug }, search: id === undefined ? {} : { doc: id } }
        : {
            to: "/w/$slug/documents/dossier/$nodeId",
            params: { slug: workspace.slug, nodeId: folderId },
            search: id === undefined ? {} : { doc: id },
          },
    );
  const enter = (id: string): void =>
    void navigate({ to: "/w/$slug/documents/dossier/$nodeId", params: { slug: workspace.slug, nodeId: id }, search: {} });
  const open = (node: Node, key: boolean): void => {
    setByKey(key);
    if (node.kind === "folder") enter(node.id);
    else show(node.id);
  };
  const select = (node: Node, key: boolean): void => {
    setByKey(key);
    show(node.id === doc ? undefined : node.id);
  };
  const mayAll = (what: "move" | "delete"): boolean => several.every((node) => mayOf(node)?.[what]);
  const removeAll = (): void => {
    if (!mayAll("delete")) return;
    mark(NONE);
    if (several.some((node) => node.id === doc)) show(undefined);
    void actions.removeAll(several);
  };
  const downloadMarked = (): void => {
    const [only] = several;
    if (several.length === 1 && only?.kind === "document") actions.download(only);
    else downloadSelection(workspace.id, several.map((node) => node.id)).catch((error: unknown) => toast(sentenceFor(error, t)));
  };
  const remove = (node: Node): void => {
    if (marks.has(node.id)) {
      removeAll();
      return;
    }
    if (!mayOf(node)?.delete) return;
    if (node.id === doc) show(undefined);
    void actions.remove(node);
  };
  const take = (dropped: Dropped): void => {
    addDropped(workspace.id, folderId, dropped).catch((error: unknown) => toast(sentenceFor(error, t)));
  };
  const chosen = (event: React.ChangeEvent<HTMLInputElement>): void => {
    take(fromFiles([...(event.currentTarget.files ?? [])]));
    event.currentTarget.value = "";
  };
  const drop = useDrop(mayWrite, take);
  const downloadAll = (): void => {
    if (folderId !== null) downloadFolder(folderId);
    else downloadSelection(workspace.id, (top?.items ?? []).map((node) => node.id)).catch((error: unknown) => toast(sentenceFor(error, t)));
  };

  const actionsFor = (node: Node): RowAction[] => {
    const may = mayOf(node);
    const folder = node.kind === "folder";
    const all: (RowAction | false | undefined)[] = [
      folder && { key: "open", label: t("action.open"), icon: IconFolderOpen, onSelect: () => enter(node.id) },
      { key: "mark", label: t(marks.has(node.id) ? "selection.unmark" : "selection.mark"), icon: IconCheckbox, onSelect: () => mark(toggled(marks, node.id)) },
      { key: "details", label: t("action.details"), icon: IconInfoCircle, onSelect: () => select(node, true) },
      !folder && !isHeld(node) && { key: "download", label: t("action.download"), icon: IconDownload, onSelect: () => actions.download(node) },
      folder && { key: "zip", label: t("zip"), icon: IconFileZip, onSelect: () => downloadFolder(node.id) },
      node.media_type === "application/zip" && may?.upload && { key: "unpack", label: t("unpack.do"), icon: IconFileZip, onSelect: () => unpack(node.id) },
      may?.upload && sharing?.links === true && { key: "share", label: t("share.menu"), icon: IconShare2, onSelect: () => setAsk({ what: "share", node }) },
      may?.rename && { key: "rename", label: t("action.rename"), icon: IconPencil, onSelect: () => setAsk({ what: "rename", node }) },
      may?.move && { key: "move", label: t("action.move"), icon: IconFolderSymlink, onSelect: () => setAsk({ what: "move", node }) },
      !folder && may?.upload && { key: "copy", label: t("action.copy"), icon: IconCopy, onSelect: () => void actions.copy(node) },
      may?.delete && { key: "delete", label: t("action.delete"), icon: IconTrash, onSelect: () => remove(node), danger: true },
    ];
    return all.filter((one): one is RowAction => one !== false && one !== undefined);
  };

  const moveInto = (id: string, folder: Node): void => {
    const node = view.rows.find((row) => row.node.id === id)?.node;
    if (marks.has(id) && mayAll("move")) {
      mark(NONE);
      void actions.moveAll(several.filter((one) => one.id !== folder.id), folder.id);
    } else if (node && mayOf(node)?.move) void actions.move(node, folder.id);
  };
  /** The dialog is gone: the focus goes back to its row. */
  const close = (): void => {
    setAsk(null);
    setTimeout(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('[role="treegrid"] [role="row"][tabindex="0"]')?.focus();
    }, 60);
  };
  const title = top?.folder?.name ?? t("title");
  const gone = isProblem(view.error) && view.error.status === 404;
  useMoved(gone ? folderId : isProblem(missing, "not_found") ? null : selected?.workspace_id === workspace.id ? null : (doc ?? null));

  return (
    <Page fill>
      <div className={css.room} {...drop.props} data-over={drop.over || undefined}>
        <PageHeader title={t("title")} tabTitle={`${title}, ${workspace.name}`}>
          {mayWrite && (
            <>
              <Button className={css.wide} variant="default" leftSection={<IconFolderPlus size={18} stroke={1.75} />} onClick={() => setAsk({ what: "folder" })}>
                {t("folder.new")}
              </Button>
              <Menu>
                <Menu.Target>
                  <Button leftSection={<IconUpload size={18} stroke={1.75} />}>{t("upload")}</Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconFile size={18} stroke={1.75} />} onClick={() => files.current?.click()}>
                    {t("upload_files")}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconFolder size={18} stroke={1.75} />} onClick={() => folders.current?.click()}>
                    {t("upload_folder")}
                  </Menu.Item>
                  <Menu.Item className={css.narrow} leftSection={<IconFolderPlus size={18} stroke={1.75} />} onClick={() => setAsk({ what: "folder" })}>
                    {t("folder.new")}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
              <input ref={files} type="file" multiple hidden data-testid="files" onChange={chosen} />
              <input ref={folders} type="file" multiple hidden onChange={chosen} {...{ webkitdirectory: "" }} />
            </>
          )}
        </PageHeader>
        <div className={css.place}>
          <Path slug={workspace.slug} steps={top?.path ?? []} />
          {top && view.rows.length > 0 && (
            <button type="button" className={css.bin} onClick={downloadAll}>
              <IconFileZip size={18} stroke={1.75} aria-hidden="true" />
              {t("zip_all")}
            </button>
          )}
          {workspace.mine.role === "manager" && (
            <Link className={css.bin} to="/w/$slug/documents/partages" params={{ slug: workspace.slug }}>
              <IconShare2 size={18} stroke={1.75} aria-hidden="true" />
              {t("share.page")}
            </Link>
          )}
          <Link className={css.bin} to="/w/$slug/documents/corbeille" params={{ slug: workspace.slug }}>
            <IconTrash size={18} stroke={1.75} aria-hidden="true" />
            {t("trash.title")}
          </Link>
        </div>
        {gone ? (
          <EmptyState icon={IconFolder} title={t("gone.title")} hint={t("gone.hint")}>
            <Button component={Link} to="/w/$slug/documents" params={{ slug: workspace.slug } as never}>
              {t("top")}
            </Button>
          </EmptyState>
        ) : (
          <ProblemNote error={view.error} />
        )}
        {view.isPending && <RowsSkeleton rows={8} />}
        {top && view.rows.length === 0 && (
          <EmptyState
            icon={IconFolder}
            title={t(folderId === null ? "empty.title" : "empty.folder")}
            hint={t(mayWrite ? "empty.hint" : "empty.read_only")}
          >
            {mayWrite && <Button onClick={() => files.current?.click()}>{t("upload_files")}</Button>}
          </EmptyState>
        )}
        {several.length > 0 && (
          <SelectionBar
            count={several.length}
            onDownload={downloadMarked}
            onMove={mayAll("move") ? () => setAsk({ what: "move-many", nodes: several }) : undefined}
            onDelete={mayAll("delete") ? removeAll : undefined}
            onClear={() => mark(NONE)}
          />
        )}
        {top && view.rows.length > 0 && (
          <NodeGrid
            key={folderId ?? "top"}
            view={view}
            label={title}
            selectedId={doc ?? null}
            actionsFor={actionsFor}
            onOpen={open}
            onSelect={select}
            onRename={(node) => mayOf(node)?.rename && setAsk({ what: "rename", node })}
            onDelete={remove}
            mayMove={(node) => mayOf(node)?.move ?? false}
            onMoveInto={moveInto}
            marks={marks}
            onMark={mark}
            peopleOf={(node) => (node.access === "restricted" ? (top.scopes[node.id]?.people ?? null) : null)}
          />
        )}
        {drop.over && (
          <p className={css.over} aria-hidden="true">
            {t("drop_here", { name: title })}
          </p>
        )}
        <UnpackNote />
        <UploadTray lines={uploads.mine} preparing={uploads.preparing} />
      </div>
      {selected && (
        <NodePanel
          key={selected.id}
          node={selected}
          abilities={mayOf(selected) ?? fetched?.abilities}
          actions={actions}
          menu={actionsFor(selected).filter((one) => one.key !== "details" && one.key !== "download")}
          focusTitle={byKey}
          onClose={() => show(undefined)}
        />
      )}
      {missing && doc !== undefined && !listed && <MissingDocument onSeen={() => show(undefined)} />}
      {ask?.what === "folder" && (
        <FolderDialog
          workspaceId={workspace.id}
          parentId={folderId}
          mayRestrict={here?.manage_access ?? false}
          onClose={close}
          onMade={actions.saved}
        />
      )}
      {ask?.what === "rename" && <RenameDialog node={ask.node} onClose={close} onSaved={actions.saved} />}
      {ask?.what === "share" && <ShareDialog node={ask.node} onClose={close} />}
      {ask?.what === "move" && (
        <MoveDialog nodes={[ask.node]} onClose={close} onMove={(parentId, workspaceId) => actions.move(ask.node, parentId, workspaceId)} />
      )}
      {ask?.what === "move-many" && (
        <MoveDialog
          nodes={ask.nodes}
          onClose={close}
          onMove={async (parentId, workspaceId) => {
            const all = await actions.moveAll(ask.nodes, parentId, workspaceId);
            if (all) mark(NONE);
            return all;
          }}
        />
      )}
      {uploads.conflict && <ConflictDialog key={uploads.conflict.id} line={uploads.conflict} more={uploads.more} />}
    </Page>
  );
}

/** Where I am; the last step is not a link. */
function Path({ slug, steps }: { slug: string; steps: readonly Step[] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <nav aria-label={t("path")} className={css.path}>
      <ol role="list">
        <li>
          {steps.length === 0 ? (
            <span aria-current="page">{t("top")}</span>
          ) : (
            <Link to="/w/$slug/documents" params={{ slug }}>
              {t("top")}
            </Link>
          )}
        </li>
        {steps.map((step, index) => (
          <li key={step.id}>
            <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
            {index === steps.length - 1 ? (
              <span aria-current="page">{step.name}</span>
            ) : (
              <Link to="/w/$slug/documents/dossier/$nodeId" params={{ slug, nodeId: step.id }}>
                {step.name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** An old address of what is in another workspace now leads there (documents-8). */
function useMoved(id: string | null): void {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const { data: node } = useQuery({ ...nodeQuery(id ?? ""), enabled: id !== null });
  const { data: all } = useQuery({ ...placesQuery, enabled: node !== undefined });
  const place = node && node.workspace_id !== workspace.id ? all?.items.find((one) => one.id === node.workspace_id) : undefined;
  useEffect(() => {
    if (!node || !place) return;
    toast(t("done.moved_away", { name: node.name, workspace: place.name }));
    const folder = node.kind === "folder" ? node.id : node.parent_id;
    const search = node.kind === "folder" ? {} : { doc: node.id };
    if (folder === null) void navigate({ to: "/w/$slug/documents", params: { slug: place.slug }, search, replace: true });
    else void navigate({ to: "/w/$slug/documents/dossier/$nodeId", params: { slug: place.slug, nodeId: folder }, search, replace: true });
  }, [node, place, navigate, t]);
}

/** A link to a document that is gone, or not mine: said once. */
function MissingDocument({ onSeen }: { onSeen: () => void }): null {
  const { t } = useTranslation("documents");
  useEffect(() => {
    toast(t("gone.document"));
    onSeen();
    // once, when it appears
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return null;
}

function useUploads(workspaceId: string, userId: string) {
  const all = useSyncExternalStore(uploadLines.subscribe, uploadLines.get);
  const preparing = useSyncExternalStore(uploadPreparing.subscribe, uploadPreparing.get);
  useEffect(() => void restoreUploads(userId), [userId]);
  const mine = all.filter((line) => line.workspaceId === workspaceId);
  const conflicts = mine.filter((line) => line.state === "conflict");
  const pending = mine.filter((line) => line.state === "waiting" || line.state === "sending");
  return { mine, preparing: preparing > 0, conflict: conflicts[0], more: conflicts.length + pending.length > 1 };
}
