import { Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type RowAction, RowMenuItems } from "../../../shared/ui/RowMenu";
import { toast } from "../../../shared/ui/toast";
import type { Node } from "../api";
import { useColumns } from "../hooks/useColumns";
import { useMarks } from "../follow";
import type { FolderView } from "../hooks/useFolder";
import { canDragOut, downloadOf, DragTicket, NODE_TYPE } from "../lib/dragged";
import { type Marks, NONE, toggled, withRange } from "../lib/marks";
import type { Row, SortKey } from "../lib/tree";
import type { Column } from "../lib/view";
import css from "./NodeGrid.module.css";
import { NodeRow, type RowEvents } from "./NodeRow";
import { isHeld } from "./ScanState";

interface Props {
  view: FolderView;
  label: string;
  selectedId: string | null;
  actionsFor: (node: Node) => RowAction[];
  /** Opens a folder, or the preview of a document. `byKey`: the focus follows. */
  onOpen: (node: Node, byKey: boolean) => void;
  onSelect: (node: Node, byKey: boolean) => void;
  onRename: (node: Node) => void;
  onDelete: (node: Node) => void;
  mayMove: (node: Node) => boolean;
  onMoveInto: (nodeId: string, folder: Node) => void;
  peopleOf: (node: Node) => number | null;
  marks: Marks;
  onMark: (marks: Marks) => void;
  /** The marked rows, of which none lies in another. */
  several: readonly Node[];
}

interface OpenMenu {
  node: Node;
  opener: HTMLElement;
  place: { left: number; top: number; width: number; height: number };
  /** Where the list stood: it closes when the list is scrolled from there. */
  from: { left: number; top: number };
}

/** The tree-grid: folders unfold in place; the whole row is one target; everything by keyboard. */
export function NodeGrid(props: Props): React.JSX.Element {
  const { view, label, selectedId, marks, onMark } = props;
  const { rows } = view;
  const { t } = useTranslation("documents");
  const mine = useMarks();
  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const wantFocus = useRef(false);
  const height = useRowHeight();
  const { columns, template } = useColumns(scroll, view.look.columns);
  const anchor = useRef(0);
  const at = Math.min(focused, Math.max(0, rows.length - 1));
  // no key of an item: asked for each of ten thousand rows at every frame of a scroll, it is what makes it slow
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 6,
    useFlushSync: false,
    scrollPaddingStart: height,
    // the focused row stays in the document wherever one scrolls
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), at])].sort((a, b) => a - b),
  });

  useEffect(() => {
    virtual.measure();
  }, [height, virtual]);

  useEffect(() => {
    if (!wantFocus.current) return;
    wantFocus.current = false;
    scroll.current?.querySelector<HTMLElement>(`[data-index="${at}"]`)?.focus();
  });

  const go = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    wantFocus.current = true;
    setFocused(next);
    virtual.scrollToIndex(next);
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const row = rows[at];
    if (!row || event.altKey || !(event.target as HTMLElement).dataset["index"]) return;
    const act = event.ctrlKey || event.metaKey ? markOf(event.key, row) : event.shiftKey ? extendOf(event.key) : keyOf(event.key, row);
    if (!act) return;
    event.preventDefault();
    act();
  };

  /** With Ctrl: one more or one less, all, or only somewhere else. */
  const markOf = (key: string, row: Row): (() => void) | null => {
    switch (key) {
      case "a": return () => onMark(withRange(NONE, rows, 0, rows.length - 1));
      case " ": return () => mark(row.node.id, at);
      case "ArrowDown": return () => go(at + 1);
      case "ArrowUp": return () => go(at - 1);
      default: return null;
    }
  };

  /** With Shift: up to the row where the key leads. */
  const extendOf = (key: string): (() => void) | null => {
    const ways: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 12, PageUp: at - 12, Home: 0, End: rows.length - 1 };
    const way = ways[key];
    if (way === undefined) return null;
    const next = Math.max(0, Math.min(rows.length - 1, way));
    return () => {
      if (marks.size === 0) anchor.current = at;
      onMark(withRange(marks, rows, anchor.current, next));
      go(next);
    };
  };

  const mark = (id: string, index: number): void => {
    anchor.current = index;
    onMark(toggled(marks, id));
  };

  const keyOf = (key: string, row: Row): (() => void) | null => {
    switch (key) {
      case "ArrowDown": return () => go(at + 1);
      case "ArrowUp": return () => go(at - 1);
      case "PageDown": return () => go(at + 12);
      case "PageUp": return () => go(at - 12);
      case "Home": return () => go(0);
      case "End": return () => go(rows.length - 1);
      case "ArrowRight": return row.open === false ? () => view.unfold(row.node.id, true) : () => go(at + 1);
      case "ArrowLeft": return row.open ? () => view.unfold(row.node.id, false) : () => go(parentOf(rows, at));
      case "Enter": return () => props.onOpen(row.node, true);
      case " ": return () => props.onSelect(row.node, true);
      case "F2": return () => props.onRename(row.node);
      case "s": case "S": return () => mine.star(row.node);
      case "Delete": return () => props.onDelete(row.node);
      case "Escape": return marks.size > 0 ? () => onMark(NONE) : null;
      default: return null;
    }
  };

  const events = useRowEvents({
    onClick: (event, index) => {
      const row = rows[index];
      if (!row) return;
      if (event.shiftKey) onMark(withRange(marks, rows, marks.size > 0 ? anchor.current : at, index));
      else if (event.ctrlKey || event.metaKey) mark(row.node.id, index);
      else {
        anchor.current = index;
        onMark(NONE);
        props.onOpen(row.node, false);
      }
    },
    onFocus: setFocused,
    onStar: mine.star,
    onFold: (node, open) => view.unfold(node.id, open),
    ...useDragOut(props),
    onDropOn: (event, folder) => {
      const id = event.dataTransfer.getData(NODE_TYPE);
      if (id === "" || id === folder.id) return;
      event.preventDefault();
      event.stopPropagation();
      props.onMoveInto(id, folder);
    },
    onMenu: (node, opener, point) => {
      if (menu?.node.id === node.id && point === undefined) setMenu(null);
      else {
        const place = point ? { left: point.x, top: point.y, width: 1, height: 1 } : placeOf(opener);
        setMenu({ node, opener, place, from: scrolledTo(scroll.current) });
      }
    },
  });

  /** A scroll that was over when the menu opened is often told only after it: that one changes nothing. */
  const onScroll = (): void => {
    if (!menu) return;
    const { left, top } = scrolledTo(scroll.current);
    if (left !== menu.from.left || top !== menu.from.top) setMenu(null);
  };
  /** As it is now: what may be done with it can change while the menu is open. */
  const concerned = menu && (rows.find((row) => row.node.id === menu.node.id)?.node ?? menu.node);

  return (
    <div className={css.scroll} ref={scroll} onScroll={onScroll} style={{ "--grid": template } as React.CSSProperties}>
      {/* rows take the focus; keys are heard where they are */}
      <div
        role="treegrid"
        aria-multiselectable="true"
        tabIndex={-1}
        aria-label={label}
        aria-busy={view.isPartial}
        aria-rowcount={view.isPartial ? -1 : rows.length + 1}
        onKeyDown={onKeyDown}
      >
        <Head view={view} columns={columns} />
        <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <NodeRow
                  key={row.node.id}
                  {...row}
                  index={item.index}
                  start={item.start}
                  selected={marks.size > 0 ? marks.has(row.node.id) : row.node.id === selectedId}
                  focusable={item.index === at}
                  people={props.peopleOf(row.node)}
                  starred={mine.isFavourite(row.node.id)}
                  followed={mine.isFollowed(row.node.id)}
                  columns={columns}
                  events={events}
                />
              )
            );
          })}
        </div>
      </div>
      {view.isPartial && (
        <p className={css.more} role="status">
          {t("more_coming", { count: rows.length })}
        </p>
      )}
      {menu && concerned && <GridMenu key={concerned.id} menu={menu} actions={props.actionsFor(concerned)} onClose={() => setMenu(null)} />}
    </div>
  );
}

function Head({ view, columns }: { view: FolderView; columns: readonly Column[] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { look, setLook } = view;
  const shown: readonly SortKey[] = ["name", ...columns];
  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" className={css.row} aria-rowindex={1}>
        {shown.map((key) => {
          const sorted = look.sort.by === key;
          const Arrow = look.sort.down ? IconArrowDown : IconArrowUp;
          return (
            <div key={key} role="columnheader" className={css[key]} aria-sort={sorted ? (look.sort.down ? "descending" : "ascending") : "none"}>
              <button type="button" className={css.sort} onClick={() => setLook({ ...look, sort: { by: key, down: sorted && !look.sort.down } })}>
                {t(`column.${key}`)}
                {sorted && <Arrow size={14} stroke={1.75} aria-hidden="true" />}
              </button>
            </div>
          );
        })}
        <div role="columnheader" className={css.menu}>
          <span className="visually-hidden">{t("column.actions")}</span>
        </div>
      </div>
    </div>
  );
}

/** One menu for all rows: a menu in each of them makes scrolling three times as slow. */
function GridMenu({ menu, actions, onClose }: { menu: OpenMenu; actions: RowAction[]; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("common");
  const close = (): void => {
    menu.opener.focus({ preventScroll: true });
    onClose();
  };
  return (
    <Menu opened onChange={(opened) => !opened && close()} returnFocus={false} withinPortal position="bottom-start">
      <Menu.Target>
        <span className={css.anchor} aria-label={t("row.actions", { name: menu.node.name })} style={menu.place} />
      </Menu.Target>
      <Menu.Dropdown>
        <RowMenuItems actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** What rows call: always the same functions, which do what is right now. */
function useRowEvents(now: RowEvents): RowEvents {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  return useMemo(
    () => ({
      onClick: (...told) => latest.current.onClick(...told),
      onFocus: (...told) => latest.current.onFocus(...told),
      onFold: (...told) => latest.current.onFold(...told),
      onDragStart: (...told) => latest.current.onDragStart(...told),
      onDragEnd: (...told) => latest.current.onDragEnd(...told),
      onDropOn: (...told) => latest.current.onDropOn(...told),
      onMenu: (...told) => latest.current.onMenu(...told),
      onPress: (...told) => latest.current.onPress(...told),
      onStar: (...told) => latest.current.onStar(...told),
    }),
    [],
  );
}

/** Rows go into folders of the page, and out of it onto the desktop where the browser can. */
function useDragOut({ marks, several, mayMove }: Props): Pick<RowEvents, "onPress" | "onDragStart" | "onDragEnd"> {
  const { t } = useTranslation("documents");
  const [ticket] = useState(() => new DragTicket());
  const taken = (node: Node): readonly Node[] => (marks.has(node.id) ? several : [node]);
  return {
    onPress: (node) => {
      const nodes = taken(node);
      if (nodes.length > 1 && canDragOut()) ticket.ask(node.workspace_id, nodes);
    },
    onDragStart: (event, node) => {
      const nodes = taken(node);
      const movable = nodes.every(mayMove);
      if (movable) event.dataTransfer.setData(NODE_TYPE, node.id);
      const address = nodes.length === 1 && isHeld(node) ? null : downloadOf(nodes, nodes.length > 1 ? ticket.take(nodes) : null);
      if (address !== null) event.dataTransfer.setData("DownloadURL", address);
      event.dataTransfer.effectAllowed = movable ? "copyMove" : "copy";
    },
    onDragEnd: (event) => {
      const outside = event.clientX < 0 || event.clientY < 0 || event.clientX > innerWidth || event.clientY > innerHeight;
      if (outside && event.dataTransfer.dropEffect === "none" && !canDragOut()) toast(t("drag_out_hint"));
    },
  };
}

function scrolledTo(list: HTMLElement | null): OpenMenu["from"] {
  return { left: list?.scrollLeft ?? 0, top: list?.scrollTop ?? 0 };
}

function placeOf(opener: HTMLElement): OpenMenu["place"] {
  const button = opener.matches("[role=row]") ? (opener.querySelector<HTMLElement>("[aria-haspopup=menu]") ?? opener) : opener;
  const { left, top, width, height } = button.getBoundingClientRect();
  return { left, top, width, height };
}

function parentOf(rows: readonly Row[], index: number): number {
  const level = rows[index]?.level ?? 1;
  for (let place = index - 1; place >= 0; place -= 1) if ((rows[place]?.level ?? 0) < level) return place;
  return index;
}

/** Rows are taller where fingers point and where two lines are needed. */
function useRowHeight(): number {
  const read = (): number => (matchMedia("(max-width: 767px)").matches ? 60 : matchMedia("(pointer: coarse)").matches ? 52 : 44);
  const [height, setHeight] = useState(read);
  useEffect(() => {
    const update = (): void => setHeight(read());
    window.addEventListener("resize", update);
    return () => window.removeEventListener("resize", update);
  }, []);
  return height;
}
