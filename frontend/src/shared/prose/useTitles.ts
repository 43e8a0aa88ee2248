import { queryOptions, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { answer, http } from "../api/client";
import { addressesIn, type Reference, referenceOf } from "./references";

/** The title of what an address names, for me; null when it is absent or invisible. */
const titleQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: ["reference-title", kind, id] as const,
    queryFn: async ({ signal }): Promise<string | null> => {
      const { items } = await answer(http.GET("/api/v1/references", { params: { query: { kind, id: [id] } }, signal }));
      return items[0]?.title ?? null;
    },
    staleTime: 5 * 60_000,
  });

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
