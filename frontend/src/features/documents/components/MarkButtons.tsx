import { ActionIcon, Tooltip } from "@mantine/core";
import { IconBell, IconBellFilled, IconStar, IconStarFilled } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Node } from "../api";
import { readAbout, useMarks } from "../follow";
import css from "./MarkButtons.module.css";

/** In the panel: my star and my bell. */
export function MarkButtons({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const marks = useMarks();
  const starred = marks.isFavourite(node.id);
  const followed = marks.isFollowed(node.id);
  useReadOf(node.id);
  return (
    <>
      <Tooltip label={t(starred ? "marks.favourite_off" : "marks.favourite_add")}>
        <ActionIcon variant="default" size="lg" aria-pressed={starred} aria-label={t("marks.favourite")} onClick={() => marks.star(node)}>
          {starred ? <IconStarFilled size={18} className={css.on} /> : <IconStar size={18} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t(followed ? "marks.followed_hint" : "marks.follow_hint")}>
        <ActionIcon variant="default" size="lg" aria-pressed={followed} aria-label={t("marks.follow")} onClick={() => marks.follow(node)}>
          {followed ? <IconBellFilled size={18} className={css.on} /> : <IconBell size={18} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface StarProps {
  node: Node;
  starred: boolean;
  followed: boolean;
  onStar: (node: Node) => void;
}

/** In a list: the star that is there shows; the others come with the pointer. The key S does the same. */
export function RowStar({ node, starred: on, followed, onStar }: StarProps): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <>
      {on && <span className="visually-hidden">{t("marks.is_favourite")}</span>}
      {followed && <IconBell size={16} stroke={1.75} className={css.bell} aria-label={t("marks.followed")} role="img" />}
      <ActionIcon
        size="sm"
        variant="subtle"
        className={css.star}
        data-on={on || undefined}
        tabIndex={-1}
        aria-pressed={on}
        aria-label={t("marks.star_of", { name: node.name })}
        onClick={(event) => {
          event.stopPropagation();
          onStar(node);
        }}
      >
        {on ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.75} />}
      </ActionIcon>
    </>
  );
}

/** Whoever looks at what they follow has read what was told of it. */
export function useReadOf(id: string | null): void {
  const marks = useMarks();
  const followed = id !== null && marks.isFollowed(id);
  useEffect(() => {
    if (id !== null && followed) readAbout(id).catch(() => undefined); // next time, then
  }, [id, followed]);
}
