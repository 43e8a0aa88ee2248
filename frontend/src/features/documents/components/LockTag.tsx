import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { firstName } from "../../../shared/lib/names";
import { StateTag } from "../../../shared/ui/Tags";
import type { Node } from "../api";
import { lockOf } from "../locks";
import css from "./Lock.module.css";

/** In a list: who keeps it for themselves. */
export function LockTag({ node }: { node: Node }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const lock = lockOf(node);
  if (lock === null) return null;
  const words = t("lock.tag", { name: lock.owner.name });
  return (
    <StateTag tone="info">
      <span className={css.tag} title={lock.reason === "" ? words : `${words} · ${lock.reason}`}>
        <IconLock size={14} stroke={1.75} aria-hidden="true" />
        <span aria-hidden="true">{firstName(lock.owner.name)}</span>
        <span className="visually-hidden">{words}</span>
      </span>
    </StateTag>
  );
}
