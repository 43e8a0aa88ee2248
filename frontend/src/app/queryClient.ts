import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "../shared/api/problem";

/** The cache is kept fresh by live frames, so nothing is refetched just because somebody looked away. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
      retry: (count, error) =>
        !(error instanceof ApiProblem && error.status < 500 && error.status !== 429) && count < 2,
      retryDelay: (attempt, error) =>
        error instanceof ApiProblem && error.retryAfter !== null ? error.retryAfter * 1000 : 400 * 2 ** attempt,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
