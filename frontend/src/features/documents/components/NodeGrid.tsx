import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronRight } from "@tabler/icons-react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { RowMenu, type RowAction, useRowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag } from "../../../shared/ui/Tags";
import type { Node } from "../api";
import type { FolderView } from "../hooks/useFolder";
import { type Marks, NONE, toggled, withRange } from "../lib/marks";
import type { Row, SortKey } from "../lib/tree";
import css from "./NodeGrid.module.css";
import { LockTag } from "./LockTag";
import { ScanTag } from "./ScanState";
import { Thumbnail } from "./Thumbnail";

export const NODE_TYPE = "application/x-plano-node";

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
}

const COLUMNS: readonly { key: SortKey; className: string | undefined }[] = [
  { key: "name", className: css.name },
  { key: "author", className: css.author },
  { key: "modified", className: css.modified },
  { key: "size", className: css.size },
];

/** The tree-grid: folders unfold in place; the whole row is one target; everything by keyboard. */
export function NodeGrid(props: Props): React.JSX.Element {
  const { view, label, selectedId, marks, onMark } = props;
  const { rows, sort, setSort } = view;
  const { t } = useTranslation("documents");
  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const wantFocus = useRef(false);
  const height = useRowHeight();
  const anchor = useRef(0);
  const at = Math.min(focused, Math.max(0, rows.length - 1));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.node.id ?? index,
    overscan: 10,
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

  /** With Ctrl: one more or one less, or all. */
  const markOf = (key: string, row: Row): (() => void) | null => {
    if (key === "a") return () => onMark(withRange(NONE, rows, 0, rows.length - 1));
    return key === " " ? () => mark(row.node.id, at) : null;
  };

  /** With Shift: up to the row where the arrow leads. */
  const extendOf = (key: string): (() => void) | null => {
    const next = key === "ArrowDown" ? at + 1 : key === "ArrowUp" ? at - 1 : null;
    if (next === null || next < 0 || next >= rows.length) return null;
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

  const click = (event: React.MouseEvent, row: Row, index: number): void => {
    if (event.shiftKey) onMark(withRange(marks, rows, marks.size > 0 ? anchor.current : at, index));
    else if (event.ctrlKey || event.metaKey) mark(row.node.id, index);
    else {
      anchor.current = index;
      onMark(NONE);
      props.onOpen(row.node, false);
    }
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
      case "Delete": return () => props.onDelete(row.node);
      case "Escape": return marks.size > 0 ? () => onMark(NONE) : null;
      default: return null;
    }
  };

  return (
    <div className={css.scroll} ref={scroll}>
      {/* rows take the focus; keys are heard where they are */}
      <div role="treegrid" aria-multiselectable="true" tabIndex={-1} aria-label={label} aria-rowcount={rows.length + 1} onKeyDown={onKeyDown}>
        <div role="rowgroup" className={css.head}>
          <div role="row" className={css.row} aria-rowindex={1}>
            {COLUMNS.map(({ key, className }) => (
              <div
                key={key}
                role="columnheader"
                className={className}
                aria-sort={sort.by === key ? (sort.down ? "descending" : "ascending") : "none"}
              >
                <button type="button" className={css.sort} onClick={() => setSort({ by: key, down: sort.by === key && !sort.down })}>
                  {t(`column.${key}`)}
                  {sort.by === key &&
                    (sort.down ? <IconArrowDown size={14} stroke={1.75} aria-hidden="true" /> : <IconArrowUp size={14} stroke={1.75} aria-hidden="true" />)}
                </button>
              </div>
            ))}
            <div role="columnheader" className={css.menu}>
              <span className="visually-hidden">{t("column.actions")}</span>
            </div>
          </div>
        </div>
        <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <GridRow
                  key={item.key}
                  {...props}
                  row={row}
                  index={item.index}
                  start={item.start}
                  selected={marks.size > 0 ? marks.has(row.node.id) : row.node.id === selectedId}
                  onRowClick={(event) => click(event, row, item.index)}
                  focusable={item.index === at}
                  onFocus={() => setFocused(item.index)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps extends Props {
  row: Row;
  index: number;
  start: number;
  selected: boolean;
  focusable: boolean;
  onFocus: () => void;
  onRowClick: (event: React.MouseEvent) => void;
}

function GridRow({ row, index, start, selected, focusable, onFocus, onRowClick, ...props }: RowProps): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { node, open, level, count } = row;
  const menu = useRowMenu();
  const [over, setOver] = useState(false);
  const folder = node.kind === "folder";
  const people = props.peopleOf(node);
  const author = node.depositor === "" ? node.modified_by.name : t("share.external_by", { name: node.depositor });
  const size = folder ? (count === null ? "" : t("count", { count })) : byteSize(node.size);
  return (
    // the keys of a row are heard by the grid around it
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      className={cx(css.row, css.line)}
      data-index={index}
      data-selected={selected || undefined}
      data-over={over || undefined}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      {...(open !== null && { "aria-expanded": open })}
      tabIndex={focusable ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={onFocus}
      onClick={onRowClick}
      {...menu.rowProps}
      draggable={props.mayMove(node)}
      onDragStart={(event) => {
        event.dataTransfer.setData(NODE_TYPE, node.id);
        event.dataTransfer.effectAllowed = "move";
      }}
      {...(folder && {
        onDragOver: (event: React.DragEvent) => {
          if (!event.dataTransfer.types.includes(NODE_TYPE)) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: React.DragEvent) => {
          const id = event.dataTransfer.getData(NODE_TYPE);
          setOver(false);
          if (id === "" || id === node.id) return;
          event.preventDefault();
          event.stopPropagation();
          props.onMoveInto(id, node);
        },
      })}
    >
      <div role="gridcell" className={css.name} style={{ paddingInlineStart: `calc(${level - 1} * var(--p-8))` }}>
        {open === null ? (
          <span className={css.chevron} />
        ) : (
          <ActionIcon
            size="sm"
            className={css.chevron}
            tabIndex={-1}
            aria-label={t(open ? "fold" : "unfold", { name: node.name })}
            onClick={(event) => {
              event.stopPropagation();
              props.view.unfold(node.id, !open);
            }}
          >
            <IconChevronRight size={18} stroke={1.75} data-open={open || undefined} className={css.arrow} />
          </ActionIcon>
        )}
        <Thumbnail node={node} />
        <span className={css.words}>
          <span className={css.title}>
            <span className={css.text}>{node.name}</span>
            <ScanTag state={node.state} />
            <LockTag node={node} />
            {people !== null && <span className={css.tag}>{t("people", { count: people })}</span>}
            {node.access === "opened" && <span className={css.tag}>{t("opened")}</span>}
          </span>
          <span className={css.under} aria-hidden="true">
            {author}, <DateTime at={node.modified_at} />
          </span>
        </span>
      </div>
      <div role="gridcell" className={css.author}>
        <span className={css.text}>{author}</span> {node.depositor === "" && node.modified_by.guest && <GuestTag />}
      </div>
      <div role="gridcell" className={css.modified}>
        <DateTime at={node.modified_at} />
      </div>
      <div role="gridcell" className={css.size}>
        {size}
      </div>
      <div role="gridcell" className={css.menu}>
        <RowMenu name={node.name} actions={props.actionsFor(node)} menu={menu} tabIndex={focusable ? 0 : -1} />
      </div>
    </div>
  );
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
