import { queryOptions } from "@tanstack/react-query";
import { answer, http } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";

export const keys = {
  list: ["notifications"] as const,
};

export const notificationsQuery = queryOptions({
  queryKey: keys.list,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/notifications", { signal }))),
});
