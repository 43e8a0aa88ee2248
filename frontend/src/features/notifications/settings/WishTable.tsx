import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Page";
import { keys, type Preferences, preferencesQuery, resetPreferences, setPreferences, type Wish, workspacesQuery } from "../api";
import { asEverywhere, differs, wishesIn, withWish } from "../lib/wishes";
import css from "./Settings.module.css";

const CADENCES = ["now", "hourly", "daily", "weekly", "never"] as const satisfies readonly Wish["mail"][];

/** What I am told of, and how: everywhere, or otherwise in one workspace. Each change is kept at once. */
export function WishTable(): React.JSX.Element {
  const { t } = useTranslation("wishes");
  const cache = useQueryClient();
  const { data: table, error } = useQuery(preferencesQuery);
  const { data: workspaces } = useQuery(workspacesQuery);
  const [place, setPlace] = useState<string | null>(null);
  const took = (answer: Preferences): void => {
    cache.setQueryData(keys.preferences, answer);
    announce(t("saved"));
  };
  const save = useMutation({
    mutationFn: ({ everywhere, workspaces: places, mail_text }: Preferences) => setPreferences({ everywhere, workspaces: places, mail_text }),
    onMutate: (next) => cache.setQueryData(keys.preferences, next),
    onSuccess: took,
    onError: () => void cache.invalidateQueries({ queryKey: keys.preferences }),
  });
  const reset = useMutation({ mutationFn: resetPreferences, onSuccess: took });
  if (!table) return error ? <ProblemNote error={error} /> : <RowsSkeleton rows={6} />;
  const wishes = wishesIn(table, place);
  const change = (wish: Wish): void => save.mutate(withWish(table, place, wish));
  const places = workspaces?.items ?? [];
  return (
    <Section title={t("table.title")}>
      <div className={css.place}>
        <NativeSelect
          label={t("table.where")}
          value={place ?? ""}
          onChange={(event) => setPlace(event.currentTarget.value === "" ? null : event.currentTarget.value)}
          data={[
            { value: "", label: t("table.everywhere") },
            ...places.map((one) => ({ value: one.id, label: differs(table, one.id) ? t("table.otherwise", { name: one.name }) : one.name })),
          ]}
        />
        {place !== null && differs(table, place) && (
          <Button variant="default" onClick={() => save.mutate(asEverywhere(table, place))}>
            {t("table.as_everywhere")}
          </Button>
        )}
      </div>
      {place !== null && !differs(table, place) && <p className={css.hint}>{t("table.same")}</p>}
      <table className={css.table}>
        <caption className="visually-hidden">{t("table.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("table.what")}</th>
            <th scope="col">{t("table.page")}</th>
            <th scope="col">{t("table.push")}</th>
            <th scope="col">{t("table.mail")}</th>
          </tr>
        </thead>
        <tbody>
          {wishes.map((wish) => (
            <WishRow key={wish.group} wish={wish} change={change} />
          ))}
        </tbody>
      </table>
      <p className={css.hint}>{table.address === null ? t("table.no_address") : t("table.address", { address: table.address })}</p>
      <Checkbox
        className={css.switch}
        label={t("table.mail_text")}
        description={t("table.mail_text_hint")}
        checked={table.mail_text}
        onChange={(event) => save.mutate({ ...table, mail_text: event.currentTarget.checked })}
      />
      <ProblemNote error={save.error ?? reset.error} />
      <Button className={css.after} variant="subtle" loading={reset.isPending} onClick={() => reset.mutate()}>
        {t("table.reset")}
      </Button>
    </Section>
  );
}

function WishRow({ wish, change }: { wish: Wish; change: (wish: Wish) => void }): React.JSX.Element {
  const { t } = useTranslation("wishes");
  const name = t(`group.${wish.group}`);
  return (
    <tr>
      <th scope="row">
        <span className={css.name}>{name}</span>
        <span className={css.hint}>{t(`group_hint.${wish.group}`)}</span>
      </th>
      <td data-label={t("table.page")}>
        <Checkbox aria-label={t("table.page_of", { name })} checked={wish.page} onChange={(event) => change({ ...wish, page: event.currentTarget.checked })} />
      </td>
      <td data-label={t("table.push")}>
        <Checkbox aria-label={t("table.push_of", { name })} checked={wish.push} onChange={(event) => change({ ...wish, push: event.currentTarget.checked })} />
      </td>
      <td data-label={t("table.mail")}>
        <NativeSelect
          aria-label={t("table.mail_of", { name })}
          value={wish.mail}
          onChange={(event) => change({ ...wish, mail: event.currentTarget.value as Wish["mail"] })}
          data={CADENCES.map((value) => ({ value, label: t(`cadence.${value}`) }))}
        />
      </td>
    </tr>
  );
}
