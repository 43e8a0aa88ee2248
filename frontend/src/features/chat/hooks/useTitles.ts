import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { titleQuery } from "../api";
import { addressesIn, type Reference, referenceOf } from "../lib/references";

/** What the addresses of Plano in a text are called, for their reader; those that they may not see keep their address. */
export function useTitles(text: string): ReadonlyMap<string, string> {
  const found = useMemo(
    () => addressesIn(text).flatMap((address) => {
      const reference: Reference | null = referenceOf(address);
      return reference ? [{ address, ...reference }] : [];
    }),
    [text],
  );
  const titles = useQueries({
    queries: found.map(({ kind, id }) => titleQuery(kind, id)),
    combine: (results) => results.map((result) => result.data ?? null).join("\n"),
  });
  return useMemo(() => {
    const named = titles.split("\n");
    return new Map(found.flatMap(({ address }, index) => (named[index] ? [[address, named[index]] as const] : [])));
  }, [found, titles]);
}
