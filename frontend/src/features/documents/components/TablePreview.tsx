import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { parse } from "papaparse";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import type { Node } from "../api";
import { TABLE_LIMIT, textQuery } from "../previews";
import css from "./TablePreview.module.css";

const ROW = 32;
const MAX_COLUMNS = 100;

/** Rows and columns of a text; the last line of a cut file is not told, it may be half a row. */
export function rowsOf(text: string, cut: boolean): string[][] {
  const whole = cut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  return parse<string[]>(whole, { skipEmptyLines: "greedy" }).data;
}

/** Characters that a column needs, from its first rows. */
export function widthsOf(rows: readonly string[][]): number[] {
  const count = Math.min(MAX_COLUMNS, Math.max(0, ...rows.slice(0, 500).map((row) => row.length)));
  return Array.from({ length: count }, (_, column) =>
    Math.min(40, Math.max(4, ...rows.slice(0, 200).map((row) => row[column]?.length ?? 0))),
  );
}

/** A table of any length; only the rows in sight are drawn. */
export default function TablePreview({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(textQuery(node, TABLE_LIMIT));
  const cut = node.size > TABLE_LIMIT;
  const rows = useMemo(() => (data === undefined ? [] : rowsOf(data, cut)), [data, cut]);
  if (isPending) return <RowsSkeleton rows={5} />;
  if (error) return <ErrorNote>{t("preview.failed")}</ErrorNote>;
  return (
    <>
      <Rows name={node.name} rows={rows} />
      <p className={css.note}>{t(cut ? "preview.cut" : "preview.rows", { count: rows.length })}</p>
    </>
  );
}

function Rows({ name, rows }: { name: string; rows: string[][] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const scroll = useRef<HTMLDivElement>(null);
  const widths = useMemo(() => widthsOf(rows), [rows]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 12 });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // it scrolls inside itself: the keyboard must reach it
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} ref={scroll} role="region" tabIndex={0} aria-label={t("preview.of", { name })}>
      <table className={css.table} aria-rowcount={rows.length} aria-colcount={widths.length}>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 1}>
              <th scope="row" className={css.number}>
                {index + 1}
              </th>
              {widths.map((width, column) => (
                <td key={column} className={css.cell} data-head={index === 0 || undefined} style={{ minWidth: `${width}ch`, maxWidth: `${width}ch` }}>
                  {rows[index]?.[column]}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}
