import { IconClipboardCheck, IconEye } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { dayKey, longDay, plainDate } from "../../../shared/lib/dates";
import { dueDay } from "../../../shared/lib/due";
import { cx } from "../../../shared/ui/cx";
import { useNow } from "../../../shared/ui/DateTime";
import type { Desk } from "../api";
import { documentAddress } from "../lib/address";
import css from "./Lines.module.css";

interface Props {
  line: Desk["approvals"][number];
  slug: string;
  place: string;
}

/** A document that waits for my approval, or for my word that I have read it. */
export function ApprovalLine({ line: { approval, node }, slug, place }: Props): React.JSX.Element {
  const { t } = useTranslation("desk");
  const now = useNow();
  const late = approval.due < dayKey(now);
  const Glyph = approval.purpose === "read" ? IconEye : IconClipboardCheck;
  return (
    <div className={css.line}>
      <Glyph size={20} stroke={1.75} aria-hidden="true" className={css.glyph} />
      <span className={css.words}>
        <Link {...documentAddress(slug, node.id, node.parent_id)} className={css.title}>
          {node.name}
        </Link>
        <span className={css.meta}>
          {t(`approvals.${approval.purpose}`, { who: approval.asked_by.name, number: approval.number })} · {place}
        </span>
      </span>
      <time className={cx(css.when, late && css.late)} dateTime={approval.due} title={longDay(plainDate(approval.due))}>
        {late && <span className="visually-hidden">{t("task.late")} </span>}
        {dueDay(approval.due, now)}
      </time>
    </div>
  );
}
