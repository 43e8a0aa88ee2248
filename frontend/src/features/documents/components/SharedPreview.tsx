import { Button, Modal } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { sharedContentUrl, sharedViewUrl } from "../shared";
import preview from "./Preview.module.css";
import css from "./Shared.module.css";

const PdfPreview = lazy(() => import("./PdfPreview"));
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** What the page of a link can show by itself: PDF, drawn by us, and the pictures that every browser knows. */
export const isShown = (mediaType: string | null | undefined): boolean =>
  mediaType === "application/pdf" || PICTURES.includes(mediaType ?? "");

export interface Shown {
  id: string;
  name: string;
  mediaType: string;
}

/** A document behind a link, in the page. Being looked at is noted, as a download is. */
export function SharedPreview({ token, shown }: { token: string; shown: Shown }): React.JSX.Element {
  const url = sharedViewUrl(token, shown.id);
  if (shown.mediaType !== "application/pdf") return <Picture url={url} name={shown.name} />;
  return (
    <Suspense fallback={<RowsSkeleton rows={5} />}>
      <PdfPreview url={url} />
    </Suspense>
  );
}

function Picture({ url, name }: { url: string; name: string }): React.JSX.Element {
  const { t } = useTranslation("shared");
  const [broken, setBroken] = useState(false);
  if (broken) return <ErrorNote>{t("view.failed")}</ErrorNote>;
  return <img className={preview.picture} src={url} alt={t("view.of", { name })} onError={() => setBroken(true)} />;
}

/** The same in a window over the folder; Escape leads back to its row. */
export function SharedPreviewDialog({ token, shown, onClose }: { token: string; shown: Shown; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("shared");
  return (
    <Modal opened onClose={onClose} fullScreen title={shown.name} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={preview.whole}>
        <Button component="a" variant="default" className={css.take} href={sharedContentUrl(token, shown.id)} download={shown.name} leftSection={<IconDownload size={18} stroke={1.75} />}>
          {t("download")}
        </Button>
        <SharedPreview token={token} shown={shown} />
      </div>
    </Modal>
  );
}
