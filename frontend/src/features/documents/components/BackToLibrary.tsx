import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import css from "./BackToLibrary.module.css";

/** « ← Documents », above the title of the pages around a library. */
export function BackToLibrary(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { slug } = useWorkspace();
  return (
    <Link className={css.back} to="/w/$slug/documents" params={{ slug }}>
      <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
      {t("title")}
    </Link>
  );
}
