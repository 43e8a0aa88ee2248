import { NativeSelect, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { useQuery } from "@tanstack/react-query";
import { FAMILIES, type Family, fieldsQuery, type Filters, GROUPS, type GroupName, membersQuery, workspacesQuery } from "../api";
import { HitLine } from "../components/HitLine";
import lines from "../components/Lines.module.css";
import { useFound, useRemember } from "../hooks/useSearch";
import { addressOf } from "../lib/address";
import css from "./SearchPage.module.css";

function isGroup(name: string | undefined): name is GroupName {
  return GROUPS.some((group) => group === name);
}

function isFamily(name: string | undefined): name is Family {
  return FAMILIES.some((family) => family === name);
}

/** What the address says; empty is not said. */
interface Place {
  q: string;
  genre: GroupName | "";
  espace: string;
  type: string;
  auteur: string;
  depuis: string;
  etiquette: string;
  champ: string;
}

const DAYS = [7, 30, 365] as const;

/** What narrows documents: where, which family, who made or changed them, since when; of one workspace, its tags and fields. */
function Narrowing({ place, onChange }: { place: Place; onChange: (next: Partial<Place>) => void }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const { data: workspaces } = useQuery(workspacesQuery);
  const { data: members } = useQuery({ ...membersQuery(place.espace), enabled: place.espace !== "" });
  const { data: fields } = useQuery({ ...fieldsQuery(place.espace), enabled: place.espace !== "" });
  const me = useMe();
  const people = members?.items.map(({ person }) => person) ?? [];
  const authors = people.some((person) => person.id === me.id) ? people : [{ id: me.id, name: me.name }, ...people];
  const choices = (fields?.items ?? [])
    .map(({ id, name, kind, options }) => {
      const values = kind === "choice" ? options : kind === "person" ? (fields?.people ?? []) : [];
      return { group: name, items: values.map((value) => ({ value: `${id}:${value.id}`, label: t("search.value", { field: name, value: value.name }) })) };
    })
    .filter(({ items }) => items.length > 0);
  const [now] = useState(() => Date.now());
  const since = (days: number): string => new Date(now - days * 86_400_000).toISOString().slice(0, 10);
  return (
    <div className={css.narrow} role="group" aria-label={t("search.narrow")}>
      <NativeSelect
        label={t("search.workspace")}
        value={place.espace}
        data={[{ value: "", label: t("search.everywhere") }, ...(workspaces?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => onChange({ espace: event.currentTarget.value, etiquette: "", champ: "" })}
      />
      <NativeSelect
        label={t("search.family")}
        value={place.type}
        data={[{ value: "", label: t("search.any_family") }, ...FAMILIES.map((one) => ({ value: one, label: t(`family.${one}`) }))]}
        onChange={(event) => onChange({ type: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("search.author")}
        value={place.auteur}
        data={[{ value: "", label: t("search.anybody") }, ...authors.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => onChange({ auteur: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("search.since")}
        value={place.depuis}
        data={[
          { value: "", label: t("search.any_time") },
          ...DAYS.map((days) => ({ value: since(days), label: t(`search.days_${days}`) })),
          ...(place.depuis !== "" && !DAYS.some((days) => since(days) === place.depuis) ? [{ value: place.depuis, label: place.depuis }] : []),
        ]}
        onChange={(event) => onChange({ depuis: event.currentTarget.value })}
      />
      {place.espace !== "" && (fields?.tags.length ?? 0) > 0 && (
        <NativeSelect
          label={t("search.tag")}
          value={place.etiquette}
          data={["", ...(fields?.tags ?? [])].map((tag) => ({ value: tag, label: tag === "" ? t("search.any_tag") : tag }))}
          onChange={(event) => onChange({ etiquette: event.currentTarget.value })}
        />
      )}
      {place.espace !== "" && choices.length > 0 && (
        <NativeSelect
          label={t("search.by_field")}
          value={place.champ}
          data={[{ value: "", label: t("search.any_field") }, ...choices]}
          onChange={(event) => onChange({ champ: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

/** All that was found, grouped by kind, at an address that can be kept. */
export default function SearchPage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  const { q = "", genre, espace = "", type, auteur = "", depuis = "", etiquette = "", champ = "" } = useSearch({ from: "/office/recherche" });
  const navigate = useNavigate();
  const remember = useRemember();
  const [text, setText] = useState(q);
  const kind = isGroup(genre) ? genre : "";
  const family = isFamily(type) ? type : undefined;
  const filters: Filters =
    kind === "documents"
      ? {
          ...(family && { family }),
          ...(auteur !== "" && { author_id: auteur }),
          ...(depuis !== "" && { since: depuis }),
          ...(etiquette !== "" && { tag: etiquette }),
          ...(champ !== "" && espace !== "" && { field: [champ] }),
        }
      : {};
  const found = useFound(text, kind, espace, filters);
  const go = (next: Partial<Place>): void => {
    const place: Place = { q: text.trim(), genre: kind, espace, type: family ?? "", auteur, depuis, etiquette, champ, ...next };
    if (place.genre !== "documents") Object.assign(place, { type: "", auteur: "", depuis: "", etiquette: "", champ: "" });
    const search = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== ""));
    void navigate({ to: "/recherche", search, replace: true });
  };
  return (
    <Page narrow>
      <PageHeader title={t("search.title")} />
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          go({ q: text.trim() });
        }}
      >
        <TextInput
          type="search"
          size="lg"
          label={t("search.field")}
          maxLength={200}
          leftSection={<IconSearch size={20} stroke={1.75} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => go({ q: text.trim() })}
        />
      </form>
      <div className={css.kinds} role="group" aria-label={t("search.kinds")}>
        {(["", ...GROUPS] as const).map((name) => (
          <button key={name} type="button" aria-pressed={kind === name} onClick={() => go({ genre: name })}>
            {t(`group.${name === "" ? "all" : name}`)}
          </button>
        ))}
      </div>
      {kind === "documents" && (
        <Narrowing place={{ q, genre: kind, espace, type: family ?? "", auteur, depuis, etiquette, champ }} onChange={go} />
      )}
      <p className={css.count} role="status">
        {found.isAsked && found.isCurrent && t("search.count", { count: found.count })}
      </p>
      <ProblemNote error={found.error} />
      {found.isAsked && found.isCurrent && found.count === 0 && (
        <EmptyState icon={IconSearch} title={t("search.nothing")} hint={t("search.nothing_hint")} />
      )}
      {!found.isAsked && found.count === 0 && <EmptyState icon={IconSearch} title={t("search.empty")} hint={t("search.hint")} />}
      {found.groups.map((group) => (
        <Section key={group.name} title={t(`group.${group.name}`)} note={group.more && t("search.more")}>
          <ul role="list" className={lines.list}>
            {group.items.map((hit) => {
              const address = addressOf(hit);
              return (
                <li key={hit.id}>
                  {address && (
                    <Link {...address} className={css.hit} onClick={() => remember(hit)}>
                      <HitLine hit={hit} words={found.words} />
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        </Section>
      ))}
    </Page>
  );
}
