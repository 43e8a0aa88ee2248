import { IconCalendar, IconChecklist, IconFolder, IconGavel, IconHash, IconMessages, IconVideo } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DateTime } from "../../../shared/ui/DateTime";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { GuestTag } from "../../../shared/ui/Tags";
import { WorkspaceTile } from "../../../shared/ui/WorkspaceTile";
import type { Hit } from "../api";
import { pieces } from "../lib/marks";
import css from "./HitLine.module.css";

const ICONS = {
  task: IconChecklist,
  event: IconCalendar,
  decision: IconGavel,
  channel: IconHash,
  conversation: IconMessages,
  message: IconMessages,
  meeting: IconVideo,
  folder: IconFolder,
};

/** What was found: its kind, its title with the words found, its place. */
export function HitLine({ hit, words }: { hit: Hit; words: readonly string[] }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const place = hit.kind === "workspace" ? t("hit.workspace") : [hit.kind === "message" && hit.title, hit.place?.name].filter(Boolean).join(" · ");
  const state = hit.kind === "task" && hit.done ? t("hit.done") : "";
  return (
    <>
      <span className={css.icon}>
        <HitIcon hit={hit} />
      </span>
      <span className={css.words}>
        <span className={css.title}>
          {pieces(hit.kind === "message" ? (hit.person?.name ?? hit.title) : hit.title, hit.kind === "message" ? [] : words).map((piece, index) =>
            piece.found ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
          )}{" "}
          {hit.guest && <GuestTag />}
        </span>
        {(hit.excerpt ?? []).length > 0 && (
          <span className={css.excerpt}>
            {hit.excerpt?.map((part, index) => (part.hit ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>))}
          </span>
        )}
        <span className={css.place}>{[place, state].filter(Boolean).join(" · ")}</span>
      </span>
      {hit.at && hit.kind !== "meeting" && (
        <DateTime at={hit.at} style={hit.kind === "event" ? "planned" : "ago"} className={css.when} />
      )}
    </>
  );
}

function HitIcon({ hit }: { hit: Hit }): React.JSX.Element {
  if ((hit.kind === "person" || hit.kind === "message") && hit.person) return <PersonAvatar person={hit.person} size={28} />;
  if (hit.kind === "workspace") return <WorkspaceTile name={hit.title} color={hit.place?.color ?? 1} />;
  if (hit.kind === "document" || hit.kind === "person") return <FileIcon name={hit.title} mediaType={hit.media_type} />;
  const Glyph = ICONS[hit.kind];
  return <Glyph size={20} stroke={1.75} aria-hidden="true" />;
}
