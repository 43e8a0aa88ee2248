import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError, sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { fullDate } from "../../../shared/lib/dates";
import { Entrance } from "../../../shared/ui/Entrance";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, PasswordField, useSubmission } from "../../../shared/ui/Form";
import { LanguageButton } from "../../../shared/ui/LanguageButton";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { usePageTitle } from "../../../shared/ui/Page";
import { PlanoMark } from "../../../shared/ui/PlanoMark";
import { SharedDocument, SharedFolder } from "../components/SharedFolder";
import { SharedDrop } from "../components/SharedDrop";
import css from "../components/Shared.module.css";
import { openShared, sharedKeys, sharedQuery, type SharedView } from "../shared";

/** What a share link opens, for people without an account. Reading it changes nothing; opening it is one use. */
export default function SharedPage(): React.JSX.Element {
  const { t } = useTranslation("shared");
  const { token } = useParams({ from: "/s/$token" });
  const { data, error } = useQuery(sharedQuery(token));
  useNoIndex();
  if (error) {
    const why = isProblem(error) && error.status === 410 ? error.code : "title";
    return (
      <Entrance title={t(`over.${why}`)} lead={sentenceFor(error, t)}>
        <p className={css.text}>{t("over.hint")}</p>
      </Entrance>
    );
  }
  if (!data)
    return (
      <Entrance title={t("title")}>
        <RowsSkeleton rows={3} />
      </Entrance>
    );
  if (data.state === "password") return <Guarded token={token} />;
  if (data.state === "ready") return <Ready token={token} view={data} />;
  return <Open token={token} view={data} />;
}

function useVisit(token: string): { submission: ReturnType<typeof useSubmission<SharedView>>; open: (password: string | null) => Promise<void> } {
  const cache = useQueryClient();
  const submission = useSubmission<SharedView>();
  const open = async (password: string | null): Promise<void> => {
    const view = await submission.run(() => openShared(token, password));
    if (view) cache.setQueryData(sharedKeys.view(token), view);
  };
  return { submission, open };
}

function Guarded({ token }: { token: string }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const [password, setPassword] = useState("");
  const { submission, open } = useVisit(token);
  const wrong = fieldError(submission.error, "password", t);
  return (
    <Entrance title={t("password.title")} lead={t("password.lead")}>
      <Form onSubmit={() => (password === "" ? undefined : open(password))}>
        <PasswordField
          size="lg"
          label={t("password.label")}
          autoComplete="off"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong}
        />
        {wrong === undefined && <ProblemNote error={submission.error} />}
        <Button type="submit" size="lg" fullWidth loading={submission.busy} disabled={password === ""}>
          {t("password.open")}
        </Button>
      </Form>
    </Entrance>
  );
}

/** Without a limit of uses it opens by itself; with one, only at the person's word. */
function Ready({ token, view }: { token: string; view: SharedView }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const { submission, open } = useVisit(token);
  const begun = useRef(false);
  const limited = view.uses_left !== null;
  useEffect(() => {
    if (limited || begun.current) return;
    begun.current = true;
    void open(null);
  });
  return (
    <Entrance title={view.name ?? ""} lead={t(view.mode === "drop" ? "lead.drop" : "lead.read", { name: view.shared_by })}>
      <ProblemNote error={submission.error} />
      {limited ? (
        <div className={css.stack}>
          <p className={css.text}>{t("uses_left", { count: view.uses_left ?? 0 })}</p>
          <Button size="lg" fullWidth loading={submission.busy} onClick={() => void open(null)}>
            {t("open")}
          </Button>
        </div>
      ) : (
        !submission.error && <RowsSkeleton rows={3} />
      )}
    </Entrance>
  );
}

function Open({ token, view }: { token: string; view: SharedView }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const title = view.name ?? "";
  usePageTitle(title);
  return (
    <div className={css.outside}>
      <header className={css.top}>
        <span className={css.brand}>
          <PlanoMark size={24} />
          Plano
        </span>
        <LanguageButton />
      </header>
      <main id="main" className={css.main} tabIndex={-1}>
        <h1 tabIndex={-1}>{title}</h1>
        <p className={css.lead}>
          {t(view.mode === "drop" ? "lead.drop" : "lead.read", { name: view.shared_by })}{" "}
          {view.expires_at !== null && view.expires_at !== undefined && (
            <time dateTime={view.expires_at}>{t("until", { date: fullDate(view.expires_at) })}</time>
          )}
        </p>
        {view.mode === "drop" ? (
          <SharedDrop token={token} maxSize={view.max_size ?? 0} />
        ) : view.kind === "document" ? (
          <SharedDocument token={token} view={view} />
        ) : (
          <SharedFolder token={token} />
        )}
      </main>
    </div>
  );
}

/** Beside the server's header, for those who read only the page. */
function useNoIndex(): void {
  useEffect(() => {
    const meta = document.createElement("meta");
    meta.name = "robots";
    meta.content = "noindex, nofollow";
    document.head.append(meta);
    return () => meta.remove();
  }, []);
}
