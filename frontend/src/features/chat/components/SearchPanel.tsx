import { Button, SegmentedControl } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { DetailsPanel } from "../../../shared/ui/panel";
import { type Channel, type FoundMessage, workspaceMembersQuery } from "../api";
import type { Searching } from "../hooks/useSearching";
import { titleOf } from "../lib/title";
import { SearchField } from "./SearchField";
import css from "./SearchPanel.module.css";

interface Props {
  searching: Searching;
  channels: readonly Channel[];
  /** The conversation that is open. */
  channel: Channel | undefined;
  go: (found: FoundMessage) => void;
}

/** Search in this conversation or in all: what was found leads to its place in the talk. */
export function SearchPanel({ searching, channels, channel, go }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const workspace = useWorkspace();
  const { data: members } = useQuery(workspaceMembersQuery(workspace.id));
  const list = useRef<HTMLUListElement>(null);
  const people = (members?.items ?? []).map((one) => one.person.name).sort((a, b) => a.localeCompare(b, "fr"));
  const { items, isAsked, isCurrent, problems } = searching;
  const scopes = [
    ...(channel ? [{ value: "channel", label: t("search.here") }] : []),
    { value: "workspace", label: t("search.everywhere") },
  ];
  const step = (from: HTMLElement, by: number): void => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("button[data-found]") ?? [])];
    const next = links[links.indexOf(from) + by];
    next?.focus();
  };
  return (
    <DetailsPanel title={t("search.title")} meta={searching.scope === "channel" && channel ? titleOf(channel, me.id) : workspace.name} onClose={searching.end}>
      <div role="search" className={css.asking}>
        <SearchField
          value={searching.text}
          setValue={searching.setText}
          people={people}
          channels={channels.map((one) => titleOf(one, me.id))}
          label={t("search.label")}
          onDown={() => list.current?.querySelector<HTMLElement>("button[data-found]")?.focus()}
          onEscape={searching.end}
        />
        {scopes.length > 1 && (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t("search.where")}
            data={scopes}
            value={searching.scope}
            onChange={(value) => searching.setScope(value === "channel" ? "channel" : "workspace")}
          />
        )}
        <div className={css.state}>
          <p role="status">
            {problems.length > 0
              ? problems.map((one) => t(`search.problem_${one.operator === "has" ? "has" : "day"}`, { value: one.value })).join(" ")
              : isAsked && isCurrent
                ? t(searching.hasMore ? "search.count_more" : "search.count", { count: items.length })
                : ""}
          </p>
          {items.length > 1 && (
            <button type="button" className={css.order} onClick={() => searching.setOrder(searching.order === "recent" ? "relevance" : "recent")}>
              {t(searching.order === "recent" ? "search.recent" : "search.relevance")}
            </button>
          )}
        </div>
      </div>
      <ProblemNote error={searching.error} />
      {!isAsked && <Help />}
      {isAsked && !isCurrent && items.length === 0 && <RowsSkeleton rows={3} />}
      {isAsked && isCurrent && items.length === 0 && problems.length === 0 && searching.error === null && (
        <EmptyState icon={IconSearch} title={t("search.nothing")} hint={t("search.nothing_hint")} />
      )}
      <ul ref={list} role="list" className={css.found} aria-label={t("search.results")}>
        {items.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              data-found={one.id}
              aria-current={searching.at === one.id ? "true" : undefined}
              className={cx(css.hit, searching.at === one.id && css.at)}
              onClick={() => go(one)}
              onKeyDown={(event) => {
                const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
                if (by === undefined) return;
                event.preventDefault();
                step(event.currentTarget, by);
              }}
            >
              <Hit found={one} named={searching.scope === "workspace"} />
            </button>
          </li>
        ))}
      </ul>
      {searching.hasMore && (
        <Button variant="default" size="xs" className={css.more} onClick={searching.more}>
          {t("search.more")}
        </Button>
      )}
    </DetailsPanel>
  );
}

function Hit({ found, named }: { found: FoundMessage; named: boolean }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const place = found.conversation ? found.channel_name : `# ${found.channel_name}`;
  const marks = [
    found.thread_id !== null && t("search.in_thread"),
    found.poll && t("search.poll"),
    found.pinned && t("search.pinned"),
    found.archived && t("channel.archived"),
  ].filter((one) => one !== false);
  return (
    <>
      <span className={css.head}>
        <strong>{found.author.name}</strong> <DateTime at={found.created_at} />
      </span>
      <span className={css.text}>
        {found.excerpt.map((part, index) => (part.hit ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>))}
      </span>
      {found.file !== "" && <span className={css.place}>{t("search.file", { name: found.file })}</span>}
      {(named || marks.length > 0) && <span className={css.place}>{[...(named ? [place] : []), ...marks].join(" · ")}</span>}
    </>
  );
}

/** The operators, before anything is typed. */
function Help(): React.JSX.Element {
  const { t } = useTranslation("chat");
  const lines = ["from", "in", "when", "has", "names", "phrase"] as const;
  return (
    <dl className={css.help}>
      {lines.map((one) => (
        <div key={one}>
          <dt>
            <code>{t(`search.help.${one}`)}</code>
          </dt>
          <dd>{t(`search.help.${one}_means`)}</dd>
        </div>
      ))}
    </dl>
  );
}
