import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { GuestTag, UnreadDot } from "../../../shared/ui/Tags";
import type { DeskNode } from "../api";
import { documentAddress } from "../lib/address";
import css from "./Lines.module.css";

interface Props {
  node: DeskNode;
  slug: string;
  place?: string | undefined;
  /** Changed by somebody else since my last visit. */
  isNew?: boolean;
}

export function DocumentLine({ node, slug, place, isNew = false }: Props): React.JSX.Element {
  const { t } = useTranslation("desk");
  return (
    <div className={css.line}>
      <FileIcon name={node.name} mediaType={node.media_type} labelled />
      <span className={css.words}>
        <Link {...documentAddress(slug, node.id, node.parent_id)} className={cx(css.title, isNew && css.new)}>
          {node.name}
        </Link>
      </span>
      {isNew && <UnreadDot label={t("home.new")} />}
      <span className={css.aside}>
        {place ?? (
          <>
            {node.modified_by.name} {node.modified_by.guest && <GuestTag />}
          </>
        )}
      </span>
      <DateTime at={node.modified_at} className={css.when} />
    </div>
  );
}
