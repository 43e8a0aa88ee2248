import { useVirtualizer } from "@tanstack/react-virtual";
import css from "./VirtualList.module.css";

interface Props<T extends { id: string }> {
  items: readonly T[];
  /** The element that scrolls, once it is there: a state, for a ref of a parent is not yet set when a child looks. */
  scroll: HTMLElement | null;
  /** A first guess of a row's height. */
  estimate: number;
  gap: number;
  label: string;
  render: (item: T, index: number) => React.ReactNode;
}

const FEW = 60;

/** A list whose rows are drawn only where they are looked at, once it is long. */
export function VirtualList<T extends { id: string }>(props: Props<T>): React.JSX.Element {
  return props.items.length > FEW ? <Long {...props} /> : <Short {...props} />;
}

function Short<T extends { id: string }>({ items, label, gap, render }: Props<T>): React.JSX.Element {
  return (
    // Safari forgets the role of a list without marks
    <ul role="list" className={css.short} aria-label={label} style={{ gap }}>
      {items.map((item, index) => (
        <li key={item.id}>{render(item, index)}</li>
      ))}
    </ul>
  );
}

function Long<T extends { id: string }>({ items, scroll, estimate, gap, label, render }: Props<T>): React.JSX.Element {
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll,
    estimateSize: () => estimate,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
    gap,
  });
  return (
    <ul role="list" className={css.long} aria-label={label} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((row) => {
        const item = items[row.index];
        return (
          item && (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {render(item, row.index)}
            </li>
          )
        );
      })}
    </ul>
  );
}
