import { Button } from "@mantine/core";
import {
  IconCalendarEvent, IconCertificate, IconCircleCheck, IconCircleX, IconClock, IconEye, IconFileSpreadsheet, IconHourglass, IconLockX, IconRefresh, IconX,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime, useNow } from "../../../shared/ui/DateTime";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import {
  type Answer, type Approval, type ApprovalAbilities, type Asked, cancelApproval, dueWords, exportUrl, heardApproval, isLate, markOf, mineIn, proofUrl,
} from "../approvals";
import { AnswerDialog } from "./AnswerDialog";
import css from "./Approvals.module.css";
import { MarkTag } from "./ApprovalTag";
import { DueDialog } from "./DueDialog";

interface Props {
  approval: Approval;
  abilities: ApprovalAbilities;
  /** The document's present version; without it nothing is said of versions. */
  current?: number | undefined;
  /** Where the list is of several documents. */
  heading?: React.ReactNode;
  onAgain?: ((approval: Approval) => void) | undefined;
  /** Whether the present version was asked about since. */
  followed?: boolean;
}

/** One request: what was asked, of whom, and what each answered. */
export function ApprovalItem({ approval, abilities, current, heading, onAgain, followed = false }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const me = useMe();
  const now = useNow();
  const cache = useQueryClient();
  const [dialog, setDialog] = useState<"due" | Answer | null>(null);
  const { number, purpose, state, asked_by: asker, message } = approval;
  const title = t(`approval.title_${purpose}`, { number });
  const cancel = (): void =>
    confirm({
      title: t("approval.cancel_title"),
      consequence: t("approval.cancel_text", { count: approval.asked.filter((line) => line.state === "pending").length }),
      verb: t("approval.cancel"),
      act: async () => {
        heardApproval(cache, await cancelApproval(approval.id));
        toast(t("approval.cancelled_done"));
      },
    });
  const menu: (RowAction | false | undefined)[] = [
    abilities.change && state === "open" && { key: "due", label: t("approval.change"), icon: IconCalendarEvent, onSelect: () => setDialog("due") },
    onAgain && state !== "open" && { key: "again", label: t("approval.again_menu"), icon: IconRefresh, onSelect: () => onAgain(approval) },
    abilities.export && { key: "proof", label: t("approval.proof"), icon: IconCertificate, onSelect: () => window.open(proofUrl(approval), "_blank", "noopener") },
    abilities.export && { key: "export", label: t("approval.export"), icon: IconFileSpreadsheet, onSelect: () => window.location.assign(exportUrl(approval)) },
    abilities.change && state === "open" && { key: "cancel", label: t("approval.cancel"), icon: IconX, onSelect: cancel, danger: true },
  ];
  const actions = menu.filter((one): one is RowAction => one !== false && one !== undefined);
  const mine = mineIn(approval, me.id);
  const answered = state === "open" && mine !== undefined && mine.given.length > 0;
  return (
    <li className={css.item}>
      <div className={css.head}>
        <div className={css.words}>
          {heading}
          <span className={css.title}>
            {title} <MarkTag mark={markOf(approval)} />
          </span>
          <span className={css.meta}>
            {t("approval.asked_by", { who: asker.name })} {asker.guest && <GuestTag />} <DateTime at={approval.created_at} />
            {approval.in_order && `, ${t("approval.one_by_one")}`}
          </span>
          {state === "open" && (
            <span className={isLate(approval, now) ? css.late : css.meta}>
              {t(isLate(approval, now) ? "approval.late_since" : "approval.due", { day: dueWords(approval.due, now) })}
            </span>
          )}
          {approval.closed_at !== null && (
            <span className={css.meta}>
              {state === "cancelled"
                ? approval.cancelled_by === null
                  ? t("approval.nobody_left")
                  : t("approval.cancelled_by", { who: approval.cancelled_by.name })
                : t("approval.closed")}{" "}
              <DateTime at={approval.closed_at} />
            </span>
          )}
          {message !== "" && <p className={css.message}>{message}</p>}
        </div>
        {actions.length > 0 && <RowMenu name={title} actions={actions} />}
      </div>
      {current !== undefined && number < current && state !== "cancelled" && !followed && (
        <div className={css.note}>
          {t("approval.older", { number, current })}
          {onAgain && (
            <Button variant="subtle" size="sm" onClick={() => onAgain(approval)}>
              {t("approval.again", { number: current })}
            </Button>
          )}
        </div>
      )}
      <ul role="list" className={css.people}>
        {approval.asked.map((line) => (
          <Line key={line.person.id} line={line} over={state !== "open"} />
        ))}
      </ul>
      {answered && purpose === "approve" && (
        <Button variant="subtle" size="sm" onClick={() => setDialog(mine.state === "approved" ? "refused" : "approved")}>
          {t(mine.state === "approved" ? "approval.refuse_after_all" : "approval.approve")}
        </Button>
      )}
      {dialog === "due" && <DueDialog approval={approval} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== "due" && <AnswerDialog approval={approval} what={dialog} onClose={() => setDialog(null)} />}
    </li>
  );
}

const GLYPHS = { waiting: IconHourglass, pending: IconClock, approved: IconCircleCheck, refused: IconCircleX, read: IconEye, lost: IconLockX } as const;

function Line({ line, over }: { line: Asked; over: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { person, state, given } = line;
  const [last, ...earlier] = given;
  const Glyph = GLYPHS[state];
  const silent = over && (state === "pending" || state === "waiting");
  return (
    <li className={css.person}>
      <PersonAvatar person={person} size={28} />
      <div className={css.words}>
        <span className={css.name}>
          {person.name} {person.guest && <GuestTag />}
        </span>
        <span className={css.state} data-state={state}>
          <Glyph size={16} stroke={1.75} aria-hidden="true" />
          <span>
            {t(`approval.line.${silent ? "silent" : state}`)}
            {last && (
              <>
                {", "}
                <DateTime at={last.at} />
              </>
            )}
          </span>
        </span>
        {last && last.comment !== "" && <p className={css.comment}>{last.comment}</p>}
        {earlier.length > 0 && (
          <details className={css.earlier}>
            <summary>{t("approval.earlier", { count: earlier.length })}</summary>
            {earlier.map((one) => (
              <p key={one.at} className={css.comment}>
                {t(`approval.line.${one.answer}`)}, <DateTime at={one.at} />
                {one.comment !== "" && ` · ${one.comment}`}
              </p>
            ))}
          </details>
        )}
      </div>
    </li>
  );
}
