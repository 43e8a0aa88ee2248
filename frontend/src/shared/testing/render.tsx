/** Renders a component as the application does: our look, a fresh cache, real words. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import { i18next, loadWords, startWords } from "../i18n";
import { type Me, MeContext, type Workspace, WorkspaceContext } from "../session/session";
import { ConfirmHost } from "../ui/confirm";
import { cssVariablesResolver, theme } from "../ui/theme";
import { ToastHost } from "../ui/toast";

export const ALICE: Me = {
  id: "0199aa00-0000-7000-8000-000000000001",
  identifier: "alice",
  email: "alice@exemple.fr",
  name: "Alice Martin",
  language: "fr",
  time_zone: "Europe/Paris",
  is_admin: false,
  avatar_url: null,
  color: 1,
  version: 1,
};

interface Options {
  /** Namespaces whose words are needed. */
  words?: string[];
  cache?: QueryClient;
  me?: Me;
  workspace?: Workspace | null;
}

export async function renderWithApp(ui: React.ReactNode, options: Options = {}): Promise<RenderResult & { cache: QueryClient }> {
  const { words = [], cache = new QueryClient({ defaultOptions: { queries: { retry: false } } }), me = ALICE, workspace = null } = options;
  document.cookie = "plano_language=fr";
  if (!i18next.isInitialized) await startWords();
  await Promise.all(words.map(loadWords));
  const result = render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
      <QueryClientProvider client={cache}>
        <MeContext.Provider value={me}>
          <WorkspaceContext.Provider value={workspace}>
            {ui}
            <ConfirmHost />
            <ToastHost />
          </WorkspaceContext.Provider>
        </MeContext.Provider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...result, cache };
}
