import { ActionIcon, Button } from "@mantine/core";
import { IconChevronRight, IconDownload, IconFileZip } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { sharedArchiveUrl, sharedContentUrl, type SharedItem, sharedItemsQuery, type SharedPage, type SharedView } from "../shared";
import css from "./Shared.module.css";
import { isShown, SharedPreview, SharedPreviewDialog, type Shown } from "./SharedPreview";

const available = (state: SharedItem["state"] | null | undefined): boolean => state !== "checking" && state !== "infected";

/** One document, with its download, and what it looks like where the page can show it. */
export function SharedDocument({ token, view }: { token: string; view: SharedView }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const name = view.name ?? "";
  const shown = { id: view.node_id ?? "", name, mediaType: view.media_type ?? "" };
  return (
    <>
      <div className={css.card}>
        <FileIcon name={name} mediaType={view.media_type ?? null} size={24} labelled />
        <span className={css.words}>
          <span className={css.name}>{name}</span>
          <span className={css.meta}>{byteSize(view.size ?? 0)}</span>
          <Held state={view.content_state} />
        </span>
        {available(view.content_state) && (
          <Button component="a" size="lg" href={sharedContentUrl(token, view.node_id ?? "")} download={name} leftSection={<IconDownload size={18} stroke={1.75} />}>
            {t("download")}
          </Button>
        )}
      </div>
      {available(view.content_state) && isShown(view.media_type) && (
        <div className={css.view}>
          <SharedPreview token={token} shown={shown} />
        </div>
      )}
    </>
  );
}

function Held({ state }: { state: SharedItem["state"] | null | undefined }): React.JSX.Element | null {
  const { t } = useTranslation("shared");
  if (available(state)) return null;
  return <span className={css.held}>{t(state === "infected" ? "held.infected" : "held.checking")}</span>;
}

/** What lies in the shared folder, and in those below it; the address keeps the place. */
export function SharedFolder({ token }: { token: string }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const { dossier } = useSearch({ from: "/s/$token" });
  const navigate = useNavigate();
  const folderId = dossier ?? null;
  const { data, error, isPending } = useQuery(sharedItemsQuery(token, folderId));
  const [shown, setShown] = useState<Shown | null>(null);
  const go = (id: string | null): void =>
    void navigate({ to: "/s/$token", params: { token }, search: id === null ? {} : { dossier: id } });
  return (
    <>
      <div className={css.bar}>
        <Path page={data} onGo={go} />
        {data && data.items.length > 0 && (
          <Button component="a" href={sharedArchiveUrl(token, folderId)} download leftSection={<IconFileZip size={18} stroke={1.75} />}>
            {t("download_all")}
          </Button>
        )}
      </div>
      <ProblemNote error={error} />
      {isPending && <RowsSkeleton rows={5} />}
      {data?.items.length === 0 && <p className={css.empty}>{t("empty")}</p>}
      {data && data.items.length > 0 && (
        <ul role="list" className={css.list} aria-label={data.path.at(-1)?.name ?? ""}>
          {data.items.map((item) => (
            <li key={item.id} className={css.row}>
              <FileIcon name={item.name} mediaType={item.media_type} folder={item.kind === "folder"} labelled />
              <span className={css.words}>
                {item.kind === "folder" ? (
                  <button type="button" className={css.name} onClick={() => go(item.id)}>
                    {item.name}
                  </button>
                ) : available(item.state) && isShown(item.media_type) ? (
                  <button type="button" className={css.name} onClick={() => setShown({ id: item.id, name: item.name, mediaType: item.media_type })}>
                    {item.name}
                  </button>
                ) : available(item.state) ? (
                  <a className={css.name} href={sharedContentUrl(token, item.id)} download={item.name}>
                    {item.name}
                  </a>
                ) : (
                  <span className={css.name}>{item.name}</span>
                )}
                <span className={css.meta}>
                  {item.kind === "document" && `${byteSize(item.size)} · `}
                  <DateTime at={item.modified_at} />
                </span>
                <Held state={item.state} />
              </span>
              {available(item.state) && isShown(item.media_type) && (
                <ActionIcon component="a" variant="subtle" color="gray" size="lg" href={sharedContentUrl(token, item.id)} download={item.name} aria-label={t("download_one", { name: item.name })}>
                  <IconDownload size={18} stroke={1.75} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {shown && <SharedPreviewDialog token={token} shown={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function Path({ page, onGo }: { page: SharedPage | undefined; onGo: (id: string | null) => void }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const steps = page?.path ?? [];
  return (
    <nav className={css.path} aria-label={t("path")}>
      <ol role="list">
        {steps.length > 1 &&
          steps.map((step, index) => (
            <li key={step.id}>
              {index > 0 && <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />}
              {index === steps.length - 1 ? (
                <span aria-current="page">{step.name}</span>
              ) : (
                <button type="button" onClick={() => onGo(index === 0 ? null : step.id)}>
                  {step.name}
                </button>
              )}
            </li>
          ))}
      </ol>
    </nav>
  );
}
