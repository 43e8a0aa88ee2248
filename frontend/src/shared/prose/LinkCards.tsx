import { IconCalendarEvent, IconEyeOff, IconGavel, IconHash, IconLayoutGrid, IconLock, IconMessage2, IconMessages, IconSquareCheck, IconVideo } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMaybeWorkspace } from "../session/session";
import { cx } from "../ui/cx";
import { useNow } from "../ui/DateTime";
import { FileIcon } from "../ui/FileIcon";
import { type Card, referenceQuery } from "./asking";
import css from "./LinkCards.module.css";
import { type Link, linksIn, MOST_CARDS } from "./links";
import { useStay } from "./useStay";
import { isOver, metaOf } from "./words";

const NONE: readonly string[] = [];

/**
 * What a text links to, below it. Each card has its place before one knows what is in it, so that nothing jumps; who
 * may not see the thing is told nothing of it. `but`: what is shown beside the text already.
 */
export function LinkCards({ text, but = NONE, tabIndex = 0 }: { text: string; but?: readonly string[]; tabIndex?: number }): React.JSX.Element | null {
  const { t } = useTranslation("common");
  const links = useMemo(() => {
    const byThing = new Map(linksIn(text).reverse().map((link) => [`${link.kind} ${link.id}`, link]));
    return [...byThing.values()].reverse().filter(({ id }) => !but.includes(id));
  }, [text, but]);
  if (links.length === 0) return null;
  const more = links.length - MOST_CARDS;
  return (
    <>
      <ul role="list" className={css.cards} aria-label={t("card.list", { count: links.length })}>
        {links.slice(0, MOST_CARDS).map((link) => (
          <li key={link.address}>
            <One link={link} tabIndex={tabIndex} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.more}>{t("card.more", { count: more })}</p>}
    </>
  );
}

function One({ link, tabIndex }: { link: Link; tabIndex: number }): React.JSX.Element {
  const { t } = useTranslation("common");
  const { data, isError } = useQuery(referenceQuery(link.kind, link.id));
  if (data?.card) return <Seen link={link} card={data.card} tabIndex={tabIndex} />;
  return (
    <span className={cx(css.card, css.none)} data-card={data ? "hidden" : isError ? "unknown" : "asking"}>
      {data && <IconEyeOff className={css.eye} size={18} stroke={1.75} aria-hidden="true" />}
      <span className={css.name}>{data ? t("link.hidden") : isError ? t("card.not_reached") : t(`link.${link.kind}`)}</span>
    </span>
  );
}

function Seen({ link, card, tabIndex }: { link: Link; card: Card; tabIndex: number }): React.JSX.Element {
  const { t } = useTranslation("common");
  const now = useNow();
  const stay = useStay();
  const here = useMaybeWorkspace();
  const { bad, words } = metaOf({ kind: link.kind, card, t, now, here: here?.id ?? null });
  return (
    <a className={css.card} href={link.address} tabIndex={tabIndex} data-card={link.kind} rel="noopener noreferrer" onClick={stay}>
      <span className={css.frame}>
        <Picture key={card.picture} card={card} kind={link.kind} />
      </span>
      <span className={css.words}>
        <bdi className={cx(css.name, isOver(link.kind, card) && css.over)} title={card.title}>
          {card.title}
        </bdi>
        <span className={css.meta}>
          {bad !== "" && <span className={css.bad}>{bad} · </span>}
          {words.join(" · ")}
        </span>
      </span>
    </a>
  );
}

const GLYPHS = {
  "tasks.task": IconSquareCheck, event: IconCalendarEvent, "meetings.meeting": IconVideo, "chat.message": IconMessage2, "chat.decision": IconGavel, workspace: IconLayoutGrid,
} as const;

/** The small picture, which the server gives to whom may see it at this moment; else what kind of thing it is. */
function Picture({ kind, card }: { kind: string; card: Card }): React.JSX.Element {
  const [broken, setBroken] = useState(false);
  if (card.picture !== null && !broken) {
    return <img className={css.picture} src={card.picture} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(true)} />;
  }
  if (kind === "documents.node") return <FileIcon name={card.title} mediaType={card.media_type} folder={card.shape === "folder"} size={24} />;
  const Channel = card.shape !== "channel" ? IconMessages : card.status === "private" ? IconLock : IconHash;
  const Glyph = kind in GLYPHS ? GLYPHS[kind as keyof typeof GLYPHS] : Channel;
  return <Glyph size={20} stroke={1.75} aria-hidden="true" />;
}
