import { ActionIcon } from "@mantine/core";
import { IconChevronRight, IconDots } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { fileKind } from "../../../shared/ui/fileKind";
import { GuestTag } from "../../../shared/ui/Tags";
import type { Node } from "../api";
import { NODE_TYPE } from "../lib/dragged";
import type { Row } from "../lib/tree";
import type { Column } from "../lib/view";
import { ApprovalTag } from "./ApprovalTag";
import { CommentTag } from "./CommentTag";
import { LockTag } from "./LockTag";
import { RowStar } from "./MarkButtons";
import css from "./NodeGrid.module.css";
import { ScanTag } from "./ScanState";
import { Thumbnail } from "./Thumbnail";

/** What the grid does when something happens on a row. The object is the same for the life of the grid. */
export interface RowEvents {
  onClick: (event: React.MouseEvent, index: number) => void;
  onFocus: (index: number) => void;
  onFold: (node: Node, open: boolean) => void;
  onDragStart: (event: React.DragEvent, node: Node) => void;
  onDragEnd: (event: React.DragEvent) => void;
  onDropOn: (event: React.DragEvent, node: Node) => void;
  onMenu: (node: Node, opener: HTMLElement, point?: { x: number; y: number }) => void;
  onPress: (node: Node) => void;
  onStar: (node: Node) => void;
}

/** Only plain values, so that a row is drawn again when something of it changed and not otherwise. */
interface Props extends Row {
  index: number;
  start: number;
  selected: boolean;
  focusable: boolean;
  people: number | null;
  starred: boolean;
  followed: boolean;
  columns: readonly Column[];
  events: RowEvents;
}

export const NodeRow = memo(function NodeRow(props: Props): React.JSX.Element {
  const { node, open, level, index, start, selected, focusable, columns, events } = props;
  const { t } = useTranslation("documents");
  const [over, setOver] = useState(false);
  const folder = node.kind === "folder";
  const author = authorOf(node, t);
  const openMenu = (event: React.SyntheticEvent<HTMLElement>, point?: { x: number; y: number }): void => {
    event.preventDefault();
    events.onMenu(node, event.currentTarget, point);
  };
  return (
    // the other keys of a row are heard by the grid around it
    <div
      role="row"
      className={cx(css.row, css.line)}
      data-index={index}
      data-selected={selected || undefined}
      data-over={over || undefined}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-selected={selected}
      {...(open !== null && { "aria-expanded": open })}
      tabIndex={focusable ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => events.onFocus(index)}
      onClick={(event) => events.onClick(event, index)}
      onPointerDown={() => events.onPress(node)}
      onContextMenu={(event) => openMenu(event, { x: event.clientX, y: event.clientY })}
      onKeyDown={(event) => {
        if ((event.shiftKey && event.key === "F10") || event.key === "ContextMenu") openMenu(event);
      }}
      draggable
      onDragStart={(event) => events.onDragStart(event, node)}
      onDragEnd={events.onDragEnd}
      {...(folder && {
        onDragOver: (event: React.DragEvent) => {
          if (!event.dataTransfer.types.includes(NODE_TYPE)) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: React.DragEvent) => {
          setOver(false);
          events.onDropOn(event, node);
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
              events.onFold(node, !open);
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
            <CommentTag node={node} />
            <RowStar node={node} starred={props.starred} followed={props.followed} onStar={events.onStar} />
            <ApprovalTag node={node} />
            {props.people !== null && <span className={css.tag}>{t("people", { count: props.people })}</span>}
            {node.access === "opened" && <span className={css.tag}>{t("opened")}</span>}
            {node.access === "conversation" && <span className={css.tag}>{t("of_conversation")}</span>}
          </span>
          {columns.length === 0 && (
            <span className={css.under} aria-hidden="true">
              {author}, <DateTime at={node.modified_at} />
            </span>
          )}
        </span>
      </div>
      {columns.map((column) => (
        <div key={column} role="gridcell" className={css[column]}>
          <Cell column={column} node={node} count={props.count} />
        </div>
      ))}
      <div role="gridcell" className={css.menu}>
        <ActionIcon
          aria-label={t("common:row.actions", { name: node.name })}
          aria-haspopup="menu"
          tabIndex={focusable ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation();
            events.onMenu(node, event.currentTarget);
          }}
        >
          <IconDots size={18} stroke={1.75} />
        </ActionIcon>
      </div>
    </div>
  );
});

function authorOf(node: Node, t: TFunction<"documents">): string {
  return node.depositor === "" ? node.modified_by.name : t("share.external_by", { name: node.depositor });
}

function Cell({ column, node, count }: { column: Column; node: Node; count: number | null }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const folder = node.kind === "folder";
  switch (column) {
    case "author":
      return (
        <>
          <span className={css.text}>{authorOf(node, t)}</span> {node.depositor === "" && node.modified_by.guest && <GuestTag />}
        </>
      );
    case "modified":
      return <DateTime at={node.modified_at} />;
    case "created":
      return <DateTime at={node.created_at} />;
    case "size":
      return <>{folder ? (count === null ? "" : t("count", { count })) : byteSize(node.size)}</>;
    case "kind":
      return <span className={css.text}>{t(`common:file.${folder ? "folder" : fileKind(node.name, node.media_type)}`)}</span>;
    case "tags":
      return (
        <>
          {node.tags.map((tag) => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          ))}
        </>
      );
  }
}
