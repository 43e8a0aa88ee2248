import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { Announcer } from "../shared/a11y/announce";
import { schemeManager, TokenTheme } from "../shared/ui/colorScheme";
import { ProofHost } from "../shared/session/proof";
import { ConfirmHost } from "../shared/ui/confirm";
import { styleNonce } from "../shared/ui/nonce";
import { cssVariablesResolver, theme } from "../shared/ui/theme";
import { ToastHost } from "../shared/ui/toast";
import { CrashBoundary } from "./errors/CrashBoundary";
import { queryClient } from "./queryClient";
import { router } from "./router";

export function Providers(): React.JSX.Element {
  const [manager] = useState(schemeManager);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <TokenTheme />
      <QueryClientProvider client={queryClient}>
        <CrashBoundary>
          <Suspense>
            <RouterProvider router={router} />
            <ConfirmHost />
            <ProofHost />
            <ToastHost />
          </Suspense>
        </CrashBoundary>
        <Announcer />
      </QueryClientProvider>
    </MantineProvider>
  );
}
