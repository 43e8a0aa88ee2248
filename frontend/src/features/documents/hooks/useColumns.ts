import { type RefObject, useLayoutEffect, useMemo, useState } from "react";
import { type Column, COLUMNS } from "../lib/view";

const WIDTHS: Record<Column, number> = { kind: 116, tags: 168, author: 148, created: 116, modified: 116, size: 112 };
/** Where there is no room for all, these go first. */
const SPARE: readonly Column[] = ["tags", "kind", "created", "author", "size", "modified"];
const NAME = 260;
const MENU = 36;
const GAP = 8;

/** The columns that were chosen and for which there is room; their widths as CSS says them. */
export function useColumns(box: RefObject<HTMLElement | null>, chosen: readonly Column[]): { columns: readonly Column[]; template: string } {
  const [width, setWidth] = useState(1000);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => setWidth(matchMedia("(max-width: 767px)").matches ? 0 : element.clientWidth); // a phone has two lines instead
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const columns = fitting(chosen, width).join();
  return useMemo(() => {
    const shown = COLUMNS.filter((column) => columns.split(",").includes(column));
    const widths = shown.map((column) => `minmax(0, ${WIDTHS[column]}px)`);
    return { columns: shown, template: ["minmax(0, 1fr)", ...widths, `${MENU}px`].join(" ") };
  }, [columns]);
}

export function fitting(chosen: readonly Column[], width: number): Column[] {
  let columns = COLUMNS.filter((column) => chosen.includes(column));
  for (const spare of SPARE) {
    const taken = columns.reduce((sum, column) => sum + WIDTHS[column] + GAP, NAME + MENU);
    if (taken <= width) break;
    columns = columns.filter((column) => column !== spare);
  }
  return columns;
}
