/** What is looked at stands in the address: view, date, open event. It can be shared, reloaded, gone back from. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { VIEWS, type View } from "../lib/view";

export interface Address {
  view: View | null;
  date: string | null;
  /** The open event, or one occurrence: `lineKey`. */
  event: string | null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function useAddress(): [Address, (change: Partial<Address>, replace?: boolean) => void] {
  const { vue, date, evenement } = useSearch({ from: "/office/w/$slug/agenda" });
  const navigate = useNavigate({ from: "/w/$slug/agenda" });
  const address = useMemo(
    () => ({
      view: VIEWS.find((view) => view === vue) ?? null,
      date: date !== undefined && DATE.test(date) && !Number.isNaN(Date.parse(date)) ? date : null,
      event: evenement ?? null,
    }),
    [vue, date, evenement],
  );
  const go = useCallback(
    (change: Partial<Address>, replace = false) => {
      void navigate({
        to: ".",
        replace,
        search: (before) => {
          const after = { view: before.vue ?? null, date: before.date ?? null, event: before.evenement ?? null, ...change };
          return {
            ...(after.view !== null && { vue: after.view }),
            ...(after.date !== null && { date: after.date }),
            ...(after.event !== null && { evenement: after.event }),
          };
        },
      });
    },
    [navigate],
  );
  return [address, go];
}
