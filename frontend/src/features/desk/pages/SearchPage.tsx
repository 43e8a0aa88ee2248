import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { GROUPS, type GroupName } from "../api";
import { HitLine } from "../components/HitLine";
import lines from "../components/Lines.module.css";
import { useFound, useRemember } from "../hooks/useSearch";
import { addressOf } from "../lib/address";
import css from "./SearchPage.module.css";

function isGroup(name: string | undefined): name is GroupName {
  return GROUPS.some((group) => group === name);
}

/** All that was found, grouped by kind, at an address that can be kept. */
export default function SearchPage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  const { q = "", genre, espace = "" } = useSearch({ from: "/office/recherche" });
  const navigate = useNavigate();
  const remember = useRemember();
  const [text, setText] = useState(q);
  const kind = isGroup(genre) ? genre : "";
  const found = useFound(text, kind, espace);
  const go = (next: { q?: string; genre?: GroupName | "" }): void => {
    const words = next.q ?? text.trim();
    const group = next.genre ?? kind;
    void navigate({
      to: "/recherche",
      search: { ...(words !== "" && { q: words }), ...(group !== "" && { genre: group }), ...(espace !== "" && { espace }) },
      replace: true,
    });
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
