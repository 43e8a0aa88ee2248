import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../features/accounts/api";
import { useRinging } from "../../features/notifications/hooks/useRinging";
import { isTyping } from "../../shared/a11y/keys";
import { onSessionEnded } from "../../shared/api/sessionEnded";
import { loadWords, setLanguage } from "../../shared/i18n";
import { setTimeZone } from "../../shared/lib/dates";
import { MeContext } from "../../shared/session/session";
import { PanelRegion } from "../../shared/ui/panel";
import { retryLive, useLiveOffice } from "../live";
import { forgetFrame, useStartedWithout } from "../offlineStart";
import { queryClient } from "../queryClient";
import { Banner } from "./Banner";
import { startWorker, tellWorker } from "../worker";
import { BottomBar } from "./BottomBar";
import css from "./Office.module.css";
import { OfflineStart } from "./OfflineStart";
import { PhoneHeader } from "./PhoneHeader";
import { Sidebar } from "./Sidebar";
import { patient } from "../../shared/live/patient";
import { TopBar } from "./TopBar";

const SearchPalette = lazy(patient(async () => {
  const [module] = await Promise.all([import("../../features/desk/components/SearchPalette"), loadWords("desk")]);
  return { default: module.SearchPalette };
}));

/** The frame around every page of somebody who is signed in. */
export function Office(): React.JSX.Element {
  const { data: me } = useSuspenseQuery(meQuery);
  const { t } = useTranslation("shell");
  const [searching, setSearching] = useState(false);
  useLiveOffice();
  const startedWithout = useStartedWithout();
  useSignInAgain();
  useWorker();
  useRinging(me.id, tellWorker);
  useSearchKeys(() => setSearching(true));
  setTimeZone(me.time_zone);
  useEffect(() => void setLanguage(me.language), [me.language]);
  const search = (): void => setSearching(true);
  return (
    <MeContext.Provider value={me}>
      <a className={css.skip} href="#main">
        {t("skip")}
      </a>
      <div className={css.frame}>
        <TopBar onSearch={search} />
        <PhoneHeader onSearch={search} />
        <Sidebar />
        <div className={css.middle}>
          <Banner />
          <div className={css.content}>
            <main id="main" className={css.main} tabIndex={-1} data-zone="main">
              {startedWithout ? <OfflineStart retry={retryLive} /> : <Outlet />}
            </main>
            <PanelRegion />
          </div>
        </div>
        <BottomBar />
      </div>
      {searching && (
        <Suspense>
          <SearchPalette opened onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </MeContext.Provider>
  );
}

/** Installs what starts the office without a network; a push that was clicked on opens its page here. */
function useWorker(): void {
  const navigate = useNavigate();
  useEffect(() => startWorker((path) => void navigate({ to: path })), [navigate]);
}

/** The session is over: sign in, and come back to the same place. */
function useSignInAgain(): void {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(
    () =>
      onSessionEnded(() => {
        const { href } = router.state.location;
        if (router.state.location.pathname === "/connexion") return;
        forgetFrame();
        void navigate({ to: "/connexion", search: href === "/" ? {} : { next: href } }).then(() => queryClient.clear());
      }),
    [navigate, router],
  );
}

function useSearchKeys(open: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!slash && !ctrlK) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
}
