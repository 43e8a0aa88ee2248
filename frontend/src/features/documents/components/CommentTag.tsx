import { IconMessage2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Node } from "../api";
import css from "./Comments.module.css";

/** In a list: how many remarks wait for an answer. */
export function CommentTag({ node }: { node: Node }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  if (node.open_comments === 0) return null;
  const words = t("comments.tag", { count: node.open_comments });
  return (
    <span className={css.tag} title={words}>
      <IconMessage2 size={16} stroke={1.75} aria-hidden="true" />
      <span aria-hidden="true">{node.open_comments}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
