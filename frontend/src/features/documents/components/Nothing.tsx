import { Button } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./Preview.module.css";

/** Nothing to show, and the way to the file itself. */
export function Nothing({ onDownload, children }: { onDownload: () => void; children: React.ReactNode }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <div className={css.none}>
      <IconFileUnknown size={28} stroke={1.5} aria-hidden="true" />
      <p>{children}</p>
      <Button variant="default" onClick={onDownload}>
        {t("action.download")}
      </Button>
    </div>
  );
}
