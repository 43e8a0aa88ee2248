import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { referenceQuery } from "./asking";
import { linksIn } from "./references";

/** What the addresses of Plano in a text are called, for their reader: never an address, never more than they may see. */
export function useTitles(text: string): ReadonlyMap<string, string> {
  const { t } = useTranslation("common");
  const found = useMemo(() => linksIn(text), [text]);
  const titles = useQueries({
    queries: found.map(({ kind, id }) => referenceQuery(kind, id)),
    combine: (results) =>
      results.map(({ data, isPending, isError }) => (isError ? "error" : isPending ? "asking" : data?.card ? `${data.card.shape === "folder" ? "folder" : "is"} ${data.card.title}` : "hidden")).join("\n"),
  });
  return useMemo(() => {
    const named = titles.split("\n");
    return new Map(
      found.flatMap(({ address, kind }, index) => {
        const told = named[index] ?? "error";
        if (told === "error") return []; // not reached: the address is all that one has
        const what = t(`link.${kind}`);
        if (told === "asking" || told === "hidden") return [[address, told === "asking" ? what : t("link.hidden")] as const];
        const title = told.slice(told.indexOf(" ") + 1);
        return [[address, `${told.startsWith("folder ") ? t("file.folder") : what} · ${title}`] as const];
      }),
    );
  }, [found, titles, t]);
}
