import "@mantine/core/styles.layer.css";
import "@fontsource-variable/inter/wght.css";
import "./shared/ui/tokens.css";
import "./shared/ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isStartedWithout } from "./app/offlineStart";
import { Providers } from "./app/providers";
import { giveFocusBack } from "./shared/a11y/giveBack";
import { startWords } from "./shared/i18n";
import { announceNonce } from "./shared/ui/nonce";

announceNonce();
giveFocusBack();

// A new version was put in place while this page was open: its old chunks are gone, so the page starts again, once.
window.addEventListener("vite:preloadError", (event) => {
  const key = "plano-reloaded-at";
  const last = Number(sessionStorage.getItem(key) ?? 0);
  if (!navigator.onLine || isStartedWithout() || Date.now() - last < 30_000) return;
  event.preventDefault();
  sessionStorage.setItem(key, String(Date.now()));
  window.location.reload();
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await startWords();
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
