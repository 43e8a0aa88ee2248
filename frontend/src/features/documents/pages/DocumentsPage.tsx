import { Button } from "@mantine/core";
import { IconFolder } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { mayWith } from "../lib/conversation";
import { type Abilities, type Node, nodeQuery } from "../api";
import { downloadSelection } from "../archives";
import { DepositButtons } from "../components/DepositButtons";
import { FilterBar } from "../components/FilterBar";
import { FilteredList } from "../components/FilteredList";
import { useReadOf } from "../components/MarkButtons";
import { NodeGrid } from "../components/NodeGrid";
import { NodePanel } from "../components/NodePanel";
import { type Ask, PageDialogs } from "../components/PageDialogs";
import { PlaceBar } from "../components/PlaceBar";
import { isHeld } from "../components/ScanState";
import { SelectionBar } from "../components/SelectionBar";
import { UnpackNote } from "../components/UnpackNote";
import { Uploads } from "../components/Uploads";
import { WorkNote } from "../components/WorkNote";
import { type Filter, isActive, NO_FILTER } from "../fields";
import { useDrop } from "../hooks/useDrop";
import { useFolder } from "../hooks/useFolder";
import { useMoved } from "../hooks/useMoved";
import { useNodeActions } from "../hooks/useNodeActions";
import { useRoomKeys } from "../hooks/useRoomKeys";
import { useRowActions } from "../hooks/useRowActions";
import { type Dropped, fromFiles } from "../lib/dropped";
import { marked, type Marks, NONE, toggled } from "../lib/marks";
import { addDropped } from "../lib/uploads";
import css from "./DocumentsPage.module.css";

export default function DocumentsPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const { nodeId } = useParams({ strict: false });
  const { doc } = useSearch({ strict: false });
  const navigate = useNavigate();
  const folderId = nodeId ?? null;
  const view = useFolder(workspace.id, folderId);
  const actions = useNodeActions();
  const [ask, setAsk] = useState<Ask | null>(null);
  const [byKey, setByKey] = useState(false);
  const [marking, setMarking] = useState<{ place: string | null; marks: Marks }>({ place: folderId, marks: NONE });
  const marks = marking.place === folderId ? marking.marks : NONE;
  const mark = (next: Marks): void => setMarking({ place: folderId, marks: next });
  const several = useMemo(() => marked(marks, view.rows), [marks, view.rows]);
  const [filtering, setFiltering] = useState<{ place: string | null; filter: Filter }>({ place: folderId, filter: NO_FILTER });
  const filter = filtering.place === folderId ? filtering.filter : NO_FILTER;
  const filtered = isActive(filter);
  const files = useRef<HTMLInputElement>(null);

  const { top } = view;
  const placeScope = top?.folder?.scope_id ?? workspace.id;
  const here = top?.abilities[placeScope]?.others;
  const mayWrite = here?.upload ?? false;
  const mayOf = (node: Node): Abilities | undefined => mayWith(node, top?.abilities[node.scope_id]?.others);

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
  /** What is deleted is not marked and not shown beside the list any more. */
  const remove = (nodes: readonly Node[]): void => {
    void actions.remove(nodes, () => {
      if (nodes.length > 1) mark(NONE);
      if (nodes.some((node) => node.id === doc)) show(undefined);
    });
  };
  const removeAll = (): void => {
    if (mayAll("delete")) remove(several);
  };
  const downloadMarked = (): void => {
    const [only] = several;
    if (several.length === 1 && only?.kind === "document") actions.download(only);
    else downloadSelection(workspace.id, several.map((node) => node.id)).catch((error: unknown) => toast(sentenceFor(error, t)));
  };
  const removeRow = (node: Node): void => {
    if (marks.has(node.id)) removeAll();
    else if (mayOf(node)?.delete) remove([node]);
  };
  const take = (dropped: Dropped): void => addDropped(workspace.id, folderId, dropped);
  const drop = useDrop(mayWrite, take);
  useRoomKeys({
    workspaceId: workspace.id,
    mayWrite,
    names: () => (top?.items ?? []).map((node) => node.name),
    onFiles: (pasted) => take(fromFiles(pasted)),
  });
  const actionsFor = useRowActions({
    workspaceId: workspace.id,
    actions,
    mayOf,
    isMarked: (node) => marks.has(node.id),
    onMark: (node) => mark(toggled(marks, node.id)),
    onEnter: (node) => enter(node.id),
    onDetails: (node) => select(node, true),
    onRemove: removeRow,
    onAsk: setAsk,
  });

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
  useReadOf(folderId);
  useMoved(gone ? folderId : isProblem(missing, "not_found") ? null : selected?.workspace_id === workspace.id ? null : (doc ?? null));

  return (
    <Page fill>
      <div className={css.room} {...drop.props} data-over={drop.over || undefined}>
        <PageHeader title={t("title")} tabTitle={`${title}, ${workspace.name}`}>
          {mayWrite && <DepositButtons files={files} onFolder={() => setAsk({ what: "folder" })} onChosen={take} />}
        </PageHeader>
        <PlaceBar top={top} folderId={folderId} view={view} full={view.rows.length > 0} />
        {gone ? (
          <EmptyState icon={IconFolder} title={t("gone.title")} hint={t("gone.hint")}>
            <Button component={Link} to="/w/$slug/documents" params={{ slug: workspace.slug } as never}>
              {t("top")}
            </Button>
          </EmptyState>
        ) : (
          <ProblemNote error={view.error} />
        )}
        {top && <FilterBar key={`filter ${folderId ?? "top"}`} workspaceId={workspace.id} filter={filter} onChange={(next) => setFiltering({ place: folderId, filter: next })} />}
        {top && filtered && (
          <FilteredList workspaceId={workspace.id} folderId={folderId} filter={filter} selectedId={doc ?? null} actionsFor={actionsFor} onOpen={open} />
        )}
        {view.isPending && <RowsSkeleton rows={8} />}
        {top && !filtered && view.rows.length === 0 && (
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
            onMove={mayAll("move") ? () => setAsk({ what: "move", nodes: several }) : undefined}
            onCopy={several.some(isHeld) ? undefined : () => setAsk({ what: "copy", nodes: several })}
            onDelete={mayAll("delete") ? removeAll : undefined}
            onClear={() => mark(NONE)}
          />
        )}
        {top && !filtered && view.rows.length > 0 && (
          <NodeGrid
            key={folderId ?? "top"}
            view={view}
            label={title}
            selectedId={doc ?? null}
            actionsFor={actionsFor}
            onOpen={open}
            onSelect={select}
            onRename={(node) => mayOf(node)?.rename && setAsk({ what: "rename", node })}
            onDelete={removeRow}
            mayMove={(node) => mayOf(node)?.move ?? false}
            onMoveInto={moveInto}
            marks={marks}
            onMark={mark}
            several={several}
            peopleOf={(node) => (node.access === "restricted" ? (top.scopes[node.id]?.people ?? null) : null)}
          />
        )}
        {drop.over && (
          <p className={css.over} aria-hidden="true">
            {t("drop_here", { name: title })}
          </p>
        )}
        <WorkNote />
        <UnpackNote />
        <Uploads />
      </div>
      {selected && (
        <NodePanel
          key={selected.id}
          node={selected}
          abilities={mayOf(selected) ?? mayWith(selected, fetched?.abilities)}
          actions={actions}
          menu={actionsFor(selected).filter((one) => one.key !== "details" && one.key !== "download")}
          focusTitle={byKey}
          onClose={() => show(undefined)}
        />
      )}
      {missing && doc !== undefined && !listed && <MissingDocument onSeen={() => show(undefined)} />}
      <PageDialogs
        ask={ask}
        workspaceId={workspace.id}
        folderId={folderId}
        mayRestrict={here?.manage_access ?? false}
        actions={actions}
        onClose={close}
        onMoved={() => mark(NONE)}
      />
    </Page>
  );
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
