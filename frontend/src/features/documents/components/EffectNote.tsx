import { IconLinkOff, IconUserMinus, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { type Affected, type Change, effectQuery, type Node } from "../api";
import css from "./EffectNote.module.css";

const SHOWN = 6;

/** Who gains and who loses access by a change, told before it is made. */
export function EffectNote({ node, change }: { node: Node; change: Change }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(effectQuery(node, change));
  if (isPending) return <RowsSkeleton rows={2} />;
  if (!data) return <ProblemNote error={error} />;
  const copy = change.change === "copy";
  const still = data.gains.length + data.loses.length + data.changes.length === 0;
  return (
    <div className={css.note} role="status" aria-label={t("effect.title")}>
      {still && (
        <p className={css.line}>
          <IconUsers size={18} stroke={1.75} aria-hidden="true" />
          <span>{t(copy ? "effect.none_copy" : "effect.none", { count: data.after })}</span>
        </p>
      )}
      <Line icon={IconUserMinus} label={t(copy ? "effect.without_copy" : "effect.loses", { count: data.loses.length })} people={data.loses} danger={!copy} />
      <Line icon={IconUserPlus} label={t(copy ? "effect.only_copy" : "effect.gains", { count: data.gains.length })} people={data.gains} />
      <Line icon={IconUsers} label={t("effect.changes", { count: data.changes.length })} people={data.changes} />
      {data.links > 0 && (
        <p className={css.line} data-danger>
          <IconLinkOff size={18} stroke={1.75} aria-hidden="true" />
          <span>{t("effect.links", { count: data.links })}</span>
        </p>
      )}
      {data.folders > 0 && !copy && <p className={css.aside}>{t("effect.folders", { count: data.folders })}</p>}
    </div>
  );
}

function Line({ icon: Icon, label, people, danger }: { icon: typeof IconUsers; label: string; people: Affected[]; danger?: boolean }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  if (people.length === 0) return null;
  const names = people.slice(0, SHOWN).map(({ person, guest }) => (guest ? t("effect.guest", { name: person.name }) : person.name));
  const more = people.length - names.length;
  return (
    <p className={css.line} data-danger={danger || undefined}>
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      <span>
        <strong>{label}</strong> {names.join(", ")}
        {more > 0 && ` ${t("effect.more", { count: more })}`}
      </span>
    </p>
  );
}
