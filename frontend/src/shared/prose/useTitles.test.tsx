import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { folds, useTitles } from "./useTitles";

const seen = "01a20895-6239-7929-855f-72d521f2de00";
const hidden = "01a20895-6239-7929-855f-72d521f2de01";
const at = (id: string): string => `${window.location.origin}/w/x/documents?doc=${id}`;

afterEach(() => vi.unstubAllGlobals());

it("asks once for all, says nothing of what one does not see, and follows a new name", async () => {
  let title = "Note.odt";
  const fetched = vi.fn((request: Request) => {
    expect(new URL(request.url).searchParams.getAll("id").sort()).toEqual([seen, hidden]);
    return Promise.resolve(Response.json({ items: [{ kind: "documents.node", id: seen, title }] }));
  });
  vi.stubGlobal("fetch", fetched);
  const cache = new QueryClient();
  const wrapper = ({ children }: { children: React.ReactNode }): React.JSX.Element => <QueryClientProvider client={cache}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useTitles(`${at(seen)} et ${at(hidden)}`), { wrapper });
  await waitFor(() => expect(result.current.get(at(seen))).toMatch(/ · Note\.odt$/));
  expect(result.current.get(at(hidden))).toBe("link.hidden");
  expect(fetched).toHaveBeenCalledTimes(1);

  title = "Note finale.odt";
  fetched.mockImplementation(() => Promise.resolve(Response.json({ items: [{ kind: "documents.node", id: seen, title }] })));
  act(() => folds["documents.node"].changed(cache, { id: seen }));
  await waitFor(() => expect(result.current.get(at(seen))).toMatch(/ · Note finale\.odt$/));
});
