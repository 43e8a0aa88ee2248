import { Button } from "@mantine/core";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { type QueryFunction, type QueryKey, type skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { scopeAccess } from "../api/access";
import type { Schema } from "../api/client";
import { AvatarStack } from "./AvatarStack";
import { ProblemNote } from "./ErrorNote";
import { RowsSkeleton } from "./Loading";
import { PersonAvatar } from "./PersonAvatar";
import { Section } from "./Page";
import { GuestTag } from "./Tags";
import css from "./WhoHasAccess.module.css";

export type Access = Schema<"AccessOut">;

interface Props<K extends QueryKey> {
  /** Asks « Qui y a accès ? » of the thing: `scopeAccess(scopeId)`, or a query of the feature. */
  query?: { queryKey: K; queryFn?: QueryFunction<Access, K, never> | typeof skipToken };
  /** Or of a scope, under a key of the feature's own. */
  queryKey?: K;
  scopeId?: string;
  /** The sentence that says where the right comes from; by default, from the scope. */
  because?: string;
  action?: React.ReactNode;
}

/** The first section of every panel: who sees this, and why. */
export function WhoHasAccess<K extends QueryKey>({ query, queryKey, scopeId = "", because, action }: Props<K>): React.JSX.Element {
  const { t } = useTranslation("common");
  const scope = scopeAccess(scopeId);
  const own = query as { queryKey: QueryKey; queryFn: QueryFunction<Access> } | undefined;
  const { data, error, isPending } = useQuery<Access>({
    queryKey: own?.queryKey ?? queryKey ?? scope.queryKey,
    queryFn: own?.queryFn ?? scope.queryFn,
    staleTime: 0,
  });
  return (
    <Section title={t("access.title")} action={action}>
      {isPending && <RowsSkeleton rows={2} />}
      <ProblemNote error={error} />
      {data && <People access={data} because={because} />}
    </Section>
  );
}

function People({ access, because }: { access: Access; because: string | undefined }): React.JSX.Element {
  const { t } = useTranslation("common");
  const [all, setAll] = useState(false);
  const guests = access.people.filter((line) => line.guest).length;
  const Lock = access.open ? IconLockOpen : IconLock;
  const people = t("access.count", { count: access.people.length });
  return (
    <>
      <div className={css.summary}>
        <Lock size={18} stroke={1.75} aria-hidden="true" />
        <div>
          <strong>{t(access.open ? "access.open" : "access.narrow")}</strong>
          <p>
            {because !== undefined && `${because} `}
            {guests > 0 ? `${people}, ${t("access.count_guests", { count: guests })}.` : `${people}. ${t("access.no_guest")}.`}
          </p>
        </div>
      </div>
      {all ? (
        <ul role="list" className={css.list}>
          {access.people.map((line) => (
            <li key={line.person.id} className={css.line}>
              <PersonAvatar person={line.person} size={28} />
              <span className={css.who}>
                <span className={css.name}>
                  {line.person.name} {line.guest && <GuestTag />}
                </span>
                <span className={css.why}>
                  {t(`role.${line.role}`)}, {t(`access.reason.${line.reason}`)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <div className={css.stack}>
          <AvatarStack people={access.people.map((line) => line.person)} />
        </div>
      )}
      <Button className={css.more ?? ""} variant="subtle" size="sm" onClick={() => setAll(!all)} aria-expanded={all}>
        {t(all ? "access.fewer" : "access.all")}
      </Button>
    </>
  );
}
