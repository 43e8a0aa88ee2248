import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayName, fullDate } from "../../../shared/lib/dates";
import { useMe } from "../../../shared/session/session";
import { useNow } from "../../../shared/ui/DateTime";
import type { Channel, Person } from "../api";
import { useAround } from "../hooks/useAround";
import { useListKeys } from "../hooks/useListKeys";
import { outbox } from "../hooks/useOutbox";
import type { Line } from "../hooks/useReading";
import { usePlacement } from "../hooks/usePlacement";
import { dayOf } from "../lib/day";
import { estimate, type Row, rowsOf } from "../lib/rows";
import type { Waiting } from "../lib/store";
import type { Timeline } from "../lib/timeline";
import css from "./MessageList.module.css";
import { type MessageActs, MessageRow } from "./MessageRow";
import { SystemRow } from "./SystemRow";
import { WaitingRow } from "./WaitingRow";

export interface ListHandle {
  toPresent: () => void;
  focusLast: () => void;
}

interface Props {
  label: string;
  timeline: Timeline;
  waiting: readonly Waiting[];
  line: Line | null;
  /** One arrives at the latest, whatever is new before it. */
  toPresent?: boolean;
  abilities: Channel["mine"]["abilities"];
  people: ReadonlyMap<string, Person>;
  acts: MessageActs;
  editing: string | null;
  setEditing: (id: string | null) => void;
  /** Shown and marked: the message of a permanent link. */
  target: string | null;
  loadOlder: () => void;
  loadNewer: () => void;
  goToPresent: () => void;
  saw: (seq: number) => void;
  start: React.ReactNode;
  handle: React.Ref<ListHandle>;
}

const AT_END = 60;

/** A hundred thousand messages: only those on screen are drawn, and nothing moves under the eyes when more come. */
export function MessageList(props: Props): React.JSX.Element {
  const { timeline, waiting, line, target, loadOlder, loadNewer, saw } = props;
  const me = useMe();
  const { t } = useTranslation("chat");
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () =>
      rowsOf({
        messages: timeline.items,
        waiting,
        line: line?.seq ?? null,
        atLeast: timeline.newer === null ? 0 : (line?.count ?? 0),
        start: timeline.older === null,
        me: me.id,
        dayOf,
      }),
    [timeline.items, timeline.older, timeline.newer, waiting, line, me.id],
  );
  const [away, setAway] = useState(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: 12,
    anchorTo: "end",
    followOnAppend: timeline.newer === null,
    scrollEndThreshold: AT_END,
    paddingStart: 16,
    paddingEnd: 12,
  });

  const bring = usePlacement(
    scroller,
    useCallback((index: number) => virtual.scrollToIndex(index, { align: "start" }), [virtual]),
  );
  const spoken = useMemo(() => timeline.items.filter((one) => one.system === null).map((one) => one.id), [timeline.items]);
  const keys = useListKeys({
    ids: spoken,
    firstNew: line === null ? null : (timeline.items.find((one) => one.seq > line.seq && one.system === null && one.author.id !== me.id)?.id ?? null),
    bring: (id) => virtual.scrollToIndex(rows.findIndex((row) => row.key === id), { align: "center" }),
  });
  // Where one arrives: the linked message, the line of what is new, or the present.
  const placed = useRef<string | null>(null);
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
    const place = target ?? "start";
    if (placed.current === place || rows.length === 0) return;
    const linked = target === null ? -1 : rows.findIndex((row) => row.key === target);
    if (target !== null && linked < 0) return;
    const first = placed.current === null;
    placed.current = place;
    const fresh = rows.findIndex((row) => row.kind === "new");
    // older ones may come in above it while it is brought into view
    if (linked >= 0) bring({ index: () => latest.current.findIndex((row) => row.key === target), align: "center" });
    else if (first && fresh >= 0 && !props.toPresent) bring({ index: Math.max(0, fresh - 1), align: "start" });
    else if (first) bring({ index: "end", align: "end" });
  }, [rows, target, bring, props.toPresent]);

  const items = virtual.getVirtualItems();
  useAround(virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 0, rows, { timeline, loadOlder, loadNewer, saw });
  const onScroll = (): void => {
    const element = scroller.current;
    if (element) setAway(element.scrollHeight - element.scrollTop - element.clientHeight > element.clientHeight);
  };
  useImperativeHandle(
    props.handle,
    () => ({
      toPresent: () => bring({ index: "end", align: "end" }),
      focusLast: () => scroller.current?.querySelector<HTMLElement>("[data-message][tabindex='0']")?.focus(),
    }),
    [bring],
  );
  const toPresent = (): void => {
    if (timeline.newer !== null) props.goToPresent();
    else bring({ index: "end", align: "end" });
  };
  return (
    <div className={css.frame}>
      {/* arrows go between the messages inside, which have the focus */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        className={css.scroller}
        role="log"
        // new messages are announced in groups (useAnnounced), not each row that scrolling draws
        aria-live="off"
        aria-label={props.label}
        onScroll={onScroll}
        onKeyDown={keys.onKeyDown}
      >
        <div className={css.all} style={{ height: virtual.getTotalSize() }}>
          <div className={css.window} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map((item) => {
              const row = rows[item.index];
              return (
                <div key={item.key} data-index={item.index} ref={virtual.measureElement} className={css.item}>
                  {row && <RowOf row={row} {...props} meId={me.id} active={keys.active} />}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {keys.help}
      {(away || timeline.newer !== null) && (
        <Button className={css.present} variant="default" size="sm" leftSection={<IconArrowDown size={16} stroke={1.75} />} onClick={toPresent}>
          {t("list.to_present")}
        </Button>
      )}
    </div>
  );
}

function RowOf({ row, meId, active, ...props }: Props & { row: Row; meId: string; active: string | null }): React.JSX.Element {
  const { t } = useTranslation("chat");
  switch (row.kind) {
    case "start":
      return <div className={css.start}>{props.start}</div>;
    case "day":
      return <Day at={row.at} />;
    case "new":
      return (
        <div className={css.fresh} role="separator" aria-label={t("list.new", { count: row.count })}>
          <span aria-hidden="true">{t("list.new", { count: row.count })}</span>
        </div>
      );
    case "event":
      return <SystemRow message={row.message} />;
    case "waiting":
      return <WaitingOf waiting={row.waiting} grouped={row.grouped} />;
    case "message":
      return (
        <MessageRow
          message={row.message}
          grouped={row.grouped}
          mine={row.message.author.id === meId}
          abilities={props.abilities}
          people={props.people}
          acts={props.acts}
          editing={props.editing === row.message.id}
          setEditing={props.setEditing}
          active={active === row.message.id}
          highlighted={props.target === row.message.id}
        />
      );
  }
}

export function WaitingOf({ waiting, grouped }: { waiting: Waiting; grouped: boolean }): React.JSX.Element {
  const me = useMe();
  return (
    <WaitingRow
      text={waiting.text}
      mentions={waiting.mentions}
      files={waiting.files ?? []}
      refused={waiting.refused}
      grouped={grouped}
      person={me}
      retry={() => void outbox.retry(waiting.id)}
      forget={() => void outbox.forget(waiting.id)}
    />
  );
}

function Day({ at }: { at: string }): React.JSX.Element {
  const now = useNow();
  return (
    <div className={css.day} role="separator" aria-label={fullDate(at)}>
      <span aria-hidden="true">{dayName(at, Math.max(now, Date.parse(at)))}</span>
    </div>
  );
}
