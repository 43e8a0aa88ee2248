import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { supportCode } from "../../shared/api/errors";
import { ApiProblem, NetworkFailure } from "../../shared/api/problem";
import { fullDate } from "../../shared/lib/dates";
import { PlanoMark } from "../../shared/ui/PlanoMark";
import { usePageTitle } from "../../shared/ui/Page";
import css from "./ErrorPages.module.css";

interface Props {
  title: string;
  text: string;
  children?: React.ReactNode;
  code?: string | null;
  /** Alone on the screen: with the mark. */
  alone?: boolean;
}

/** What happened, what is safe, what to do, a code for support. */
export function ErrorPage({ title, text, children, code = null, alone = false }: Props): React.JSX.Element {
  const { t } = useTranslation("shell");
  usePageTitle(title);
  const [at] = useState(() => new Date());
  const body = (
    <div className={css.column}>
      <svg className={css.plan} viewBox="0 0 160 96" fill="none" aria-hidden="true">
        <path d="M62 94H2V2h156v92H98" strokeWidth="3" />
        <path d="M80 2v34M80 56v0" strokeWidth="3" />
        <path d="M62 94V58a36 36 0 0 1 36 36" strokeWidth="1.25" strokeDasharray="3 3" />
        <path d="M20 20h34v14H20zM31 20v14M42 20v14M112 26a12 12 0 1 0 24 0a12 12 0 1 0-24 0" strokeWidth="1.25" />
      </svg>
      <h1 tabIndex={-1}>{title}</h1>
      <p className={css.text}>{text}</p>
      <div className={css.actions}>{children}</div>
      {code !== null && (
        <p className={css.code}>
          {t("error.give_code")} <strong>{code}</strong> · <time dateTime={at.toISOString()}>{fullDate(at)}</time>
        </p>
      )}
    </div>
  );
  if (!alone) return <div className={css.within}>{body}</div>;
  return (
    <div className={css.alone}>
      <div className={css.brand}>
        <PlanoMark /> Plano
      </div>
      <main className={css.within}>{body}</main>
    </div>
  );
}

function HomeLink(): React.JSX.Element {
  const { t } = useTranslation("shell");
  return (
    <Button component="a" href="/" size="lg" variant="default">
      {t("error.home")}
    </Button>
  );
}

export function NotFoundPage({ alone = false }: { alone?: boolean }): React.JSX.Element {
  const { t } = useTranslation("shell");
  return (
    <ErrorPage alone={alone} title={t("error.not_found.title")} text={t("error.not_found.text")}>
      <HomeLink />
    </ErrorPage>
  );
}

export function NoAccessPage({ alone = false }: { alone?: boolean }): React.JSX.Element {
  const { t } = useTranslation("shell");
  return (
    <ErrorPage alone={alone} title={t("error.no_access.title")} text={t("error.no_access.text")}>
      <HomeLink />
    </ErrorPage>
  );
}

/** A page that could not open: the network, the server, or a fault of ours. */
export function CrashPage({ error, retry, alone = true }: { error: unknown; retry?: () => void; alone?: boolean }): React.JSX.Element {
  const { t } = useTranslation("shell");
  const [localCode] = useState(() => codeFor(error));
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage alone={alone} />;
  if (error instanceof ApiProblem && error.status === 403) return <NoAccessPage alone={alone} />;
  const cause = error instanceof NetworkFailure || isLostChunk(error) ? "network" : error instanceof ApiProblem ? "server" : "crash";
  return (
    <ErrorPage
      alone={alone}
      title={t("error.crash.title")}
      text={t(`error.crash.${cause}`)}
      code={cause === "network" ? null : (supportCode(error) ?? localCode)}
    >
      <Button size="lg" leftSection={<IconRefresh size={18} stroke={1.75} />} onClick={retry ?? (() => window.location.reload())}>
        {t("error.retry")}
      </Button>
      <HomeLink />
    </ErrorPage>
  );
}

function isLostChunk(error: unknown): boolean {
  return error instanceof TypeError && /import|module|fetch/i.test(error.message);
}

/** A short code made from the fault itself, so that the same fault gives the same code. */
function codeFor(error: unknown): string {
  const text = error instanceof Error ? `${error.name} ${error.message} ${error.stack?.split("\n")[1] ?? ""}` : String(error);
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  const code = hash.toString(36).toUpperCase().padStart(7, "0").slice(-7);
  return `${code.slice(0, 2)}-${code.slice(2, 5)}-${code.slice(5)}`;
}
