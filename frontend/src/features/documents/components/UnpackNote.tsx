import { Button, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { newId } from "../../../shared/lib/ids";
import { Store } from "../../../shared/live/store";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { toast } from "../../../shared/ui/toast";
import { cancelUnpacking, startUnpacking, type Unpacking, unpackingsQuery } from "../archives";
import { folds } from "../live";
import css from "./Unpack.module.css";

/** Those that this page started and whose end was not told yet. */
const started = new Store<readonly string[]>([]);
const told = (id: string): void => started.set(started.get().filter((one) => one !== id));

/** Starts unpacking; a refusal is told at once, with its reason. */
export function useUnpack(): (nodeId: string) => void {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  return (nodeId) => {
    startUnpacking(nodeId, newId()).then(
      (unpacking) => {
        started.set([...started.get(), unpacking.id]);
        folds["documents.unpacking"].changed(cache, unpacking);
      },
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  };
}

/** How far it is, under the list; how it ended. */
export function UnpackNote(): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const { data } = useQuery(unpackingsQuery);
  const latest = data?.items[0];
  const mine = useSyncExternalStore(started.subscribe, started.get);
  const ended = latest?.state === "done" && mine.includes(latest.id);
  useEffect(() => {
    if (!latest || !ended) return;
    told(latest.id);
    toast(t("unpack.done", { count: latest.total }));
  }, [latest, ended, t]);
  if (!latest) return null;
  if (latest.state === "waiting" || latest.state === "running") return <Running unpacking={latest} />;
  if (latest.state !== "failed" || !mine.includes(latest.id)) return null;
  return (
    <ErrorNote
      action={
        <Button variant="subtle" size="sm" onClick={() => told(latest.id)}>
          {t("common:close")}
        </Button>
      }
    >
      {t([`errors:${latest.code}`, "errors:unknown"])}
    </ErrorNote>
  );
}

function Running({ unpacking }: { unpacking: Unpacking }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const percent = unpacking.total === 0 ? 0 : (unpacking.done / unpacking.total) * 100;
  return (
    <section className={css.note} aria-label={t("unpack.label")}>
      <span className={css.words}>{t("unpack.progress", { done: unpacking.done, total: unpacking.total })}</span>
      <Progress className={css.bar ?? ""} value={percent} size="sm" aria-label={t("unpack.label")} />
      <Button variant="subtle" size="sm" onClick={() => void cancelUnpacking(unpacking.id).catch(() => undefined)}>
        {t("unpack.cancel")}
      </Button>
    </section>
  );
}
