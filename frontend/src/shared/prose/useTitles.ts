import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { referenceQuery } from "./asking";
import { linksIn } from "./links";

/** The links after these show what kind of thing they lead to. */
const MOST = 50;
const LONGEST = 72;

/** A title in the middle of a sentence. */
function shortened(title: string): string {
  const letters = [...title];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : title;
}

/** What the addresses of Plano in a text are called, for their reader: never an address, never more than they may see. */
export function useTitles(text: string): ReadonlyMap<string, string> {
  const { t } = useTranslation("common");
  const found = useMemo(() => linksIn(text), [text]);
  const titles = useQueries({
    queries: found.slice(0, MOST).map(({ kind, id }) => referenceQuery(kind, id)),
    combine: (results) =>
      results.map(({ data }) => (!data ? "asking" : data.card ? `${data.card.shape === "folder" ? "folder" : "is"} ${data.card.title}` : "hidden")).join("\n"),
  });
  return useMemo(() => {
    const named = titles.split("\n");
    return new Map(
      found.map(({ address, kind }, index) => {
        const told = named[index] ?? "asking";
        const what = t(told.startsWith("folder ") ? "file.folder" : `link.${kind}`);
        if (told === "asking") return [address, what] as const; // or not reached, or not asked: it leads there all the same
        return [address, told === "hidden" ? t("link.hidden") : `${what} · ${shortened(told.slice(told.indexOf(" ") + 1))}`] as const;
      }),
    );
  }, [found, titles, t]);
}
