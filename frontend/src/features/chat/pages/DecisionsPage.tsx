import { Button, Menu, Select, TextInput } from "@mantine/core";
import { IconArrowLeft, IconDownload, IconGavel, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { shortDay } from "../../../shared/lib/dates";
import { OneLine } from "../../../shared/prose/Prose";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ErrorNote, ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { channelsQuery, type Decision, type DecisionFilters, decisionQuery, decisionsQuery, exportOf, STANDINGS, workspaceMembersQuery } from "../api";
import { DecisionDialog } from "../components/DecisionDialog";
import { DecisionPanel } from "../components/DecisionPanel";
import css from "../components/Decisions.module.css";
import { useKeyboardUse } from "../hooks/useKeyboardUse";
import { moveAlong } from "../lib/moving";
import home from "./DecisionsPage.module.css";

const WAIT = 300;

/** What was decided in the conversations that I read: found again, corrected, taken away. */
export default function DecisionsPage(): React.JSX.Element {
  const { t } = useTranslation("decisions");
  const me = useMe();
  const workspace = useWorkspace();
  const { filters, opened, change, open } = useAddress();
  const list = useInfiniteQuery(decisionsQuery(workspace.id, filters));
  const { data: channels } = useQuery(channelsQuery(workspace.id));
  const { data: members } = useQuery(workspaceMembersQuery(workspace.id));
  const byKeyboard = useKeyboardUse();
  const [adding, setAdding] = useState(false);
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const places = new Map(pages[0]?.places.map((one) => [one.id, one.name]));
  const held = items.find((one) => one.id === opened);
  const alone = useQuery({ ...decisionQuery(opened ?? ""), enabled: opened !== null && held === undefined && !list.isPending });
  const shown = opened === null ? undefined : (held ?? alone.data);
  const filtered = Object.keys(filters).length > 0;
  const mayNote = channels?.items.some((one) => one.mine.abilities.post) ?? false;
  const may = shown && pages[0]?.abilities[shown.channel_id];
  const people = (members?.items ?? []).map(({ person }) => ({ value: person.id, label: person.name }));
  return (
    <Page>
      <Link className={home.back} to="/w/$slug/discussions" params={{ slug: workspace.slug }} search={{}}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {t("back")}
      </Link>
      <PageHeader title={t("title")} tabTitle={`${t("title")} · ${workspace.name}`} meta={t("lead")}>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default" leftSection={<IconDownload size={18} stroke={1.75} />} disabled={items.length === 0}>
              {t("export")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={exportOf(workspace.id, filters, "odt")} download>
              {t("export_odt")}
            </Menu.Item>
            <Menu.Item component="a" href={exportOf(workspace.id, filters, "csv")} download>
              {t("export_csv")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {mayNote && (
          <Button leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => setAdding(true)}>
            {t("new")}
          </Button>
        )}
      </PageHeader>
      <search className={css.filters} aria-label={t("filter.label")}>
        <Words value={filters.q ?? ""} onChange={(q) => change({ q })} />
        <Select label={t("filter.channel")} placeholder={t("filter.all_channels")} clearable searchable data={[...places].map(([value, label]) => ({ value, label }))} value={filters.channel_id ?? null} onChange={(channel_id) => change({ channel_id: channel_id ?? "" })} />
        <Select label={t("filter.person")} placeholder={t("filter.everybody")} clearable searchable data={people} value={filters.person_id ?? null} onChange={(person_id) => change({ person_id: person_id ?? "" })} />
        <Select label={t("filter.status")} placeholder={t("filter.all_standings")} clearable data={STANDINGS.map((value) => ({ value, label: t(`status.${value}`) }))} value={filters.status ?? null} onChange={(status) => change({ status: status ?? "" })} />
        <TextInput type="date" label={t("filter.since")} value={filters.since ?? ""} onChange={(event) => change({ since: event.currentTarget.value })} />
        <TextInput type="date" label={t("filter.until")} value={filters.until ?? ""} onChange={(event) => change({ until: event.currentTarget.value })} />
      </search>
      <ProblemNote error={list.error} />
      {alone.isError && <ErrorNote>{t("absent")}</ErrorNote>}
      {(items.length > 0 || filtered) && !list.isPending && (
        <div className={css.bar}>
          <span role="status">{list.hasNextPage ? t("count_more", { count: items.length }) : t("count", { count: items.length })}</span>
          {filtered && (
            <Button size="sm" variant="subtle" onClick={() => change({ q: "", channel_id: "", person_id: "", since: "", until: "", status: "" })}>
              {t("filter.clear")}
            </Button>
          )}
        </div>
      )}
      {list.isPending ? (
        <RowsSkeleton rows={5} />
      ) : items.length === 0 ? (
        <EmptyState icon={IconGavel} title={t(filtered ? "empty.filtered" : "empty.title")} hint={t(filtered ? "empty.filtered_hint" : "empty.hint")} />
      ) : (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul className={css.list} role="list" aria-label={t("title")} onKeyDown={moveAlong}>
          {items.map((one) => (
            <Line key={one.id} decision={one} place={places.get(one.channel_id) ?? ""} isOpen={one.id === opened} onOpen={() => open(one.id)} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
      {shown && (
        <DecisionPanel
          key={shown.id}
          decision={shown}
          place={places.get(shown.channel_id) ?? ""}
          mayChange={(shown.noted_by.id === me.id ? may?.own : may?.others) ?? false}
          others={items.filter((one) => one.channel_id === shown.channel_id && one.id !== shown.id && one.status === "adopted")}
          onOpen={open}
          onClose={() => open(null)}
          focusTitle={byKeyboard}
        />
      )}
      {adding && <DecisionDialog onClose={() => setAdding(false)} onMade={(made) => [setAdding(false), open(made.id)]} />}
    </Page>
  );
}

function Line({ decision, place, isOpen, onOpen }: { decision: Decision; place: string; isOpen: boolean; onOpen: () => void }): React.JSX.Element {
  const { t } = useTranslation("decisions");
  return (
    <li>
      <button type="button" className={css.line} data-decision={decision.id} data-status={decision.status} data-open={isOpen || undefined} aria-current={isOpen || undefined} onClick={onOpen}>
        <time className={css.date} dateTime={decision.decided_on}>
          {shortDay(`${decision.decided_on}T12:00:00`)}
        </time>
        <span className={css.text}>
          <OneLine text={decision.text} />
        </span>
        <span className={css.standing} data-status={decision.status}>
          {t(`status.${decision.status}`)}
        </span>
        <span className={css.place}>{t("line", { number: decision.number, place, name: decision.noted_by.name })}</span>
      </button>
    </li>
  );
}

/** The words are looked for when the fingers rest. */
function Words({ value, onChange }: { value: string; onChange: (q: string) => void }): React.JSX.Element {
  const { t } = useTranslation("decisions");
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), WAIT);
    return () => clearTimeout(timer);
  });
  return <TextInput type="search" label={t("filter.words")} maxLength={200} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}

const NAMES = { q: "q", channel_id: "discussion", person_id: "personne", since: "depuis", until: "jusque", status: "etat" } as const;

/** The filter is in the address: it can be sent to somebody, and Back takes it back. */
function useAddress(): {
  filters: DecisionFilters;
  opened: string | null;
  change: (filters: { [Name in keyof typeof NAMES]?: string }) => void;
  open: (id: string | null) => void;
} {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { slug } = useWorkspace();
  const go = (next: Record<string, string | undefined>, replace: boolean): void => {
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
    void navigate({ to: "/w/$slug/decisions", params: { slug }, search: kept, replace });
  };
  const filters: Record<string, string> = {};
  for (const [name, word] of Object.entries(NAMES)) if (search[word]) filters[name] = search[word];
  if (!STANDINGS.some((one) => one === filters["status"])) delete filters["status"];
  return {
    filters: filters,
    opened: search["decision"] ?? null,
    change: (changed) => go({ ...search, ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [NAMES[name as keyof typeof NAMES], value])) }, true),
    open: (id) => go({ ...search, decision: id ?? undefined }, false),
  };
}
