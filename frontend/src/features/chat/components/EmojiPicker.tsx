import { Button, TextInput } from "@mantine/core";
import { IconApple, IconBallFootball, IconBulb, IconClock, IconFlag, type Icon, IconHandStop, IconHash, IconLeaf, IconMoodSmile, IconPlane } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { frequentQuery } from "../api";
import { FIRST, find, type Group, GROUPS, keepTone, keptTone, loadSigns, type Sign, toned } from "../lib/emoji";
import css from "./EmojiPicker.module.css";

const TABS: Record<Group, Icon> = {
  0: IconMoodSmile, 1: IconHandStop, 3: IconLeaf, 4: IconApple, 5: IconPlane, 6: IconBallFootball, 7: IconBulb, 8: IconHash, 9: IconFlag,
};
const HANDS = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"];
const COLUMNS = 8;

/** Search by name, the frequent ones, categories, the tone of skin. All of it with the keyboard. */
export function EmojiPicker({ choose }: { choose: (emoji: string) => void }): React.JSX.Element {
  const { t, i18n } = useTranslation("chat");
  const { data: signs, error, refetch } = useQuery({
    queryKey: ["chat", "signs", i18n.language] as const,
    queryFn: () => loadSigns(i18n.language),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
  const { data: frequent } = useQuery(frequentQuery);
  const [text, setText] = useState("");
  const [group, setGroup] = useState<Group | "often">("often");
  const [tone, setTone] = useState(keptTone);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  // the picker is fetched when it is first opened: what traps the focus came before there was a field
  useEffect(() => search.current?.focus({ preventScroll: true }), []);
  const known = useMemo(() => new Map(signs?.flatMap((sign) => [sign.unicode, ...sign.tones].map((one) => [one, sign] as const))), [signs]);
  const searched = text.trim() !== "";
  const often = [...new Set([...(frequent?.items ?? []), ...FIRST])].slice(0, COLUMNS * 2);
  const shown: { emoji: string; name: string }[] = searched
    ? find(signs ?? [], text).map(inTone(tone))
    : group === "often"
      ? often.map((emoji) => ({ emoji, name: known.get(emoji)?.name ?? emoji }))
      : (signs ?? []).filter((sign) => sign.group === group).map(inTone(tone));
  const title = searched ? t("emoji.found", { count: shown.length }) : t(`emoji.group_${group}`);
  const pickTone = (next: number): void => {
    setTone(next);
    keepTone(next);
  };
  return (
    <div className={css.picker}>
      <TextInput
        ref={search}
        size="sm"
        aria-label={t("emoji.search")}
        placeholder={t("emoji.search")}
        value={text}
        maxLength={60}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter" && shown[0]) {
            event.preventDefault();
            choose(shown[0].emoji);
          } else if (event.key === "ArrowDown") {
            event.preventDefault();
            grid.current?.querySelector("button")?.focus();
          }
        }}
      />
      <div className={css.tabs} role="group" aria-label={t("emoji.groups")}>
        <Tab label={t("emoji.group_often")} icon={IconClock} on={!searched && group === "often"} onClick={() => [setText(""), setGroup("often")]} />
        {GROUPS.map((one) => (
          <Tab key={one} label={t(`emoji.group_${one}`)} icon={TABS[one]} on={!searched && group === one} onClick={() => [setText(""), setGroup(one)]} />
        ))}
      </div>
      <p className={css.title} role="status">
        {title}
      </p>
      {error ? (
        <div className={css.failed}>
          <span>{t("emoji.failed")}</span>
          <Button size="sm" variant="default" onClick={() => void refetch()}>
            {t("sending.retry")}
          </Button>
        </div>
      ) : !signs && (searched || group !== "often") ? (
        <RowsSkeleton rows={3} />
      ) : (
        // arrows go between the buttons inside, which have the focus
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div ref={grid} className={css.grid} role="group" aria-label={title} onKeyDown={moveInGrid}>
          {shown.map(({ emoji, name }, index) => (
            <button key={emoji} type="button" className={css.sign} aria-label={name} title={name} tabIndex={index === 0 ? 0 : -1} onClick={() => choose(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      <div className={css.tones} role="group" aria-label={t("emoji.tone")}>
        {HANDS.map((hand, index) => (
          <button key={hand} type="button" className={cx(css.tone, index === tone && css.on)} aria-label={t(`emoji.tone_${index}`)} aria-pressed={index === tone} onClick={() => pickTone(index)}>
            {hand}
          </button>
        ))}
      </div>
    </div>
  );
}

function Tab({ label, icon: Glyph, on, onClick }: { label: string; icon: Icon; on: boolean; onClick: () => void }): React.JSX.Element {
  return (
    <button type="button" className={cx(css.tab, on && css.on)} aria-label={label} title={label} aria-pressed={on} onClick={onClick}>
      <Glyph size={18} stroke={1.75} />
    </button>
  );
}

function inTone(tone: number): (sign: Sign) => { emoji: string; name: string } {
  return (sign) => ({ emoji: toned(sign, tone), name: sign.name });
}

function moveInGrid(event: React.KeyboardEvent<HTMLDivElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button")];
  const here = all.indexOf(event.target as HTMLButtonElement);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (here < 0 || step === undefined) return;
  event.preventDefault();
  all[Math.max(0, Math.min(all.length - 1, here + step))]?.focus();
}
