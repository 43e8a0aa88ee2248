import { Button } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, usePageTitle } from "../../../shared/ui/Page";
import { type Channel, channelsQuery, type FoundMessage, messageQuery, unreadQuery } from "../api";
import { ChannelList } from "../components/ChannelList";
import { ChannelPanel } from "../components/ChannelPanel";
import { Conversation, type Details } from "../components/Conversation";
import { FilesPanel } from "../components/FilesPanel";
import { NewChannelDialog } from "../components/NewChannelDialog";
import { NewConversationDialog } from "../components/NewConversationDialog";
import { PinsPanel } from "../components/PinsPanel";
import { SearchBar } from "../components/SearchBar";
import { SearchPanel } from "../components/SearchPanel";
import { ThreadPanel } from "../components/ThreadPanel";
import { ThreadsPanel } from "../components/ThreadsPanel";
import { useArriving } from "../hooks/useArriving";
import { useKeyboardUse } from "../hooks/useKeyboardUse";
import { type Searching, useSearching } from "../hooks/useSearching";
import { useBeside, useWide } from "../hooks/useWide";
import { unreadOf } from "../lib/places";
import { titleOf } from "../lib/title";
import css from "./ChatPage.module.css";

const LAST = "plano.chat.last.";

/** The room: the channels, one conversation, a thread or its details beside it. On a phone each is a page. */
export default function ChatPage(): React.JSX.Element {
  const { t } = useTranslation("chat");
  const workspace = useWorkspace();
  const { data, error, isPending } = useQuery(channelsQuery(workspace.id));
  const { channelId = null } = useParams({ strict: false });
  const channels = data?.items;
  const channel = channels?.find((one) => one.id === channelId);
  const me = useMe();
  const [more, setMore] = useState(false);
  const [threads, setThreads] = useState(false);
  const byKeyboard = useKeyboardUse();
  const [dialog, setDialog] = useState<"channel" | "conversation" | null>(null);
  const go = useGo();
  const wide = useWide();
  const beside = useBeside();
  const searching = useSearching(channel?.id ?? null);
  useSearchKey(searching);
  useArriving();
  const goFound = (found: FoundMessage): void => {
    searching.setAt(found.id);
    // a thread takes the place of the list of results, and where the list covers the conversation, so does that
    if (found.thread_id !== null || !beside) searching.close();
    go({ channelId: found.channel_id, message: found.id, ...(found.thread_id !== null && { fil: found.thread_id }) });
  };
  useFirstChannel(channels, channelId, wide);
  usePageTitle(t("title"));
  if (error && !channels) {
    return (
      <Page>
        <h1>{t("title")}</h1>
        <ProblemNote error={error} />
      </Page>
    );
  }
  const opened = (made: Channel): void => {
    setDialog(null);
    go({ channelId: made.id });
  };
  return (
    <div className={cx(css.room, channelId !== null && css.inside)}>
      <div className={css.list}>
        {isPending ? (
          <div className={css.wait}>
            <RowsSkeleton />
          </div>
        ) : (
          <ChannelList
            channels={channels ?? []}
            openId={channelId}
            onThreads={() => [searching.close(), setThreads((open) => !open)]}
            threadsOpen={threads}
            onNewChannel={() => setDialog("channel")}
            onNewConversation={() => [setMore(false), setDialog("conversation")]}
          />
        )}
      </div>
      <div className={css.main}>
        {channel ? (
          <Open
            key={channel.id}
            channel={channel}
            quiet={threads || searching.isOpen}
            onPanel={() => [setThreads(false), searching.close()]}
            onMore={() => [setMore(true), setDialog("conversation")]}
            onSearch={() => [setThreads(false), searching.open("channel")]}
            above={<SearchBar searching={searching} go={goFound} />}
          />
        ) : channelId !== null && channels ? (
          <Lost />
        ) : channels?.length === 0 ? (
          <Page>
            <EmptyState icon={IconMessages} title={t("empty.title")} hint={t("empty.hint")}>
              {workspace.mine.abilities.write && <Button onClick={() => setDialog("channel")}>{t("channels.new_channel")}</Button>}
            </EmptyState>
          </Page>
        ) : null}
      </div>
      {searching.isOpen && <SearchPanel searching={searching} channels={channels ?? []} channel={channel} go={goFound} />}
      {threads && !searching.isOpen && <ThreadsPanel channels={channels ?? []} onClose={() => setThreads(false)} onGone={() => setThreads(false)} focusTitle={byKeyboard} />}
      {dialog === "channel" && <NewChannelDialog onClose={() => setDialog(null)} onOpened={opened} />}
      {dialog === "conversation" && <NewConversationDialog first={channel?.kind === "conversation" && more ? channel.people.filter((one) => one.id !== me.id).map((one) => one.id) : []} onClose={() => setDialog(null)} onOpened={opened} />}
    </div>
  );
}

interface Destination {
  channelId: string | null;
  fil?: string;
  message?: string;
}

function useGo(): (to: Destination, replace?: boolean) => void {
  const navigate = useNavigate();
  const { slug } = useWorkspace();
  return ({ channelId, ...search }, replace = false) => {
    if (channelId === null) void navigate({ to: "/w/$slug/discussions", params: { slug }, search: {}, replace });
    else void navigate({ to: "/w/$slug/discussions/$channelId", params: { slug, channelId }, search, replace });
  };
}

/** Where one goes when no channel is named: back to the last one, else to what is new, else to « Général ». */
function useFirstChannel(channels: readonly Channel[] | undefined, channelId: string | null, wide: boolean): void {
  const go = useGo();
  const me = useMe();
  const workspace = useWorkspace();
  const { data: unread } = useQuery(unreadQuery);
  useEffect(() => {
    if (channelId !== null) {
      sessionStorage.setItem(LAST + workspace.id, channelId);
      return;
    }
    if (!wide || !channels || !unread) return;
    const live = channels.filter((one) => one.archived_at === null);
    const last = live.find((one) => one.id === sessionStorage.getItem(LAST + workspace.id));
    const fresh = live.find((one) => unread.items.some((place) => place.channel_id === one.id && unreadOf(place, me.id) > 0));
    const oldest = live.filter((one) => one.kind === "channel").sort((a, b) => a.created_at.localeCompare(b.created_at))[0];
    const first = last ?? fresh ?? oldest ?? live[0];
    if (first) go({ channelId: first.id }, true);
  });
}

interface OpenProps {
  channel: Channel;
  quiet: boolean;
  onPanel: () => void;
  onMore: () => void;
  onSearch: () => void;
  above: React.ReactNode;
}

/** Ctrl F asks the room; once more, the field being there, it asks the browser. */
function useSearchKey(searching: Searching): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      if (searching.isOpen || event.defaultPrevented) return;
      event.preventDefault();
      searching.open("channel");
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
}

/** One conversation, and one panel beside it; `quiet` while the room shows a panel of its own. */
function Open({ channel, quiet, onPanel, onMore, onSearch, above }: OpenProps): React.JSX.Element {
  const me = useMe();
  const go = useGo();
  const search = useSearch({ strict: false });
  const [details, setDetails] = useState<Details | null>(null);
  const byKeyboard = useKeyboardUse();
  const thread = useThreadOf(search.fil ?? null, search.message ?? null);
  usePageTitle(titleOf(channel, me.id));
  return (
    <>
      <Conversation
        channel={channel}
        target={thread === null || search.fil === undefined ? (search.message ?? null) : null}
        onBack={() => go({ channelId: null })}
        openThread={(root) => {
          onPanel();
          setDetails(null);
          go({ channelId: channel.id, fil: root.thread_id ?? root.id });
        }}
        openDetails={(what) => {
          onPanel();
          if (thread !== null) go({ channelId: channel.id });
          setDetails((open) => (!quiet && thread === null && open === what ? null : what));
        }}
        details={thread === null && !quiet ? details : null}
        onSearch={onSearch}
        above={above}
      />
      {quiet ? null : thread !== null ? (
        <ThreadPanel key={thread} channel={channel} rootId={thread} target={search.message ?? null} onClose={() => go({ channelId: channel.id })} focusTitle={byKeyboard} />
      ) : details === "files" ? (
        <FilesPanel channel={channel} onClose={() => setDetails(null)} focusTitle={byKeyboard} />
      ) : details === "pins" ? (
        <PinsPanel channel={channel} onClose={() => setDetails(null)} focusTitle={byKeyboard} />
      ) : (
        details && <ChannelPanel channel={channel} onClose={() => setDetails(null)} onLeft={() => go({ channelId: null })} onMore={onMore} focusTitle={byKeyboard} />
      )}
    </>
  );
}

/** The thread of the address, or the one that the linked message is part of. */
function useThreadOf(fil: string | null, message: string | null): string | null {
  const { data } = useQuery({ ...messageQuery(message ?? ""), enabled: fil === null && message !== null, retry: false });
  return fil ?? data?.thread_id ?? null;
}

/** Absent and invisible look the same. */
function Lost(): React.JSX.Element {
  const { t } = useTranslation("chat");
  const go = useGo();
  return (
    <Page>
      <h1 className="visually-hidden">{t("title")}</h1>
      <EmptyState icon={IconMessages} title={t("lost.title")} hint={t("lost.hint")}>
        <Button variant="default" onClick={() => go({ channelId: null })}>
          {t("lost.back")}
        </Button>
      </EmptyState>
    </Page>
  );
}

