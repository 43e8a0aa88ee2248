import { Tooltip } from "@mantine/core";
import { IconMoodPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { cx } from "../../../shared/ui/cx";
import { type Message, type Person, type Reactions as Given, reactionsQuery } from "../api";
import css from "./Reactions.module.css";

interface Props {
  message: Message;
  people: ReadonlyMap<string, Person>;
  /** Null where one may only look. */
  react: ((message: Message, emoji: string, on: boolean) => void) | null;
  pick: () => void;
  tabIndex: number;
}

/** The signs under a message: how many, whose, and mine at a click. */
export function Reactions({ message, people, react, pick, tabIndex }: Props): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  if (message.reactions.length === 0) return null;
  return (
    <div className={css.signs} role="group" aria-label={t("reaction.all")}>
      {message.reactions.map((given) => (
        <Chip key={given.emoji} message={message} given={given} people={people} react={react} tabIndex={tabIndex} />
      ))}
      {react && message.reactions.length < 20 && (
        <Tooltip label={t("reaction.add")}>
          <button type="button" className={css.more} aria-label={t("reaction.add")} tabIndex={tabIndex} onClick={pick}>
            <IconMoodPlus size={18} stroke={1.75} />
          </button>
        </Tooltip>
      )}
    </div>
  );
}

const NAMED = 8;

function Chip({ message, given, people, react, tabIndex }: Omit<Props, "pick"> & { given: Given }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const [asked, setAsked] = useState(false);
  const unknown = given.people.slice(0, NAMED).some((id) => id !== me.id && !people.has(id));
  const { data } = useQuery({ ...reactionsQuery(message), enabled: asked && unknown });
  const full = data?.items.find((one) => one.emoji === given.emoji)?.people;
  const mine = given.people.includes(me.id);
  const named = given.people
    .map((id) => (id === me.id ? t("reaction.you") : (people.get(id)?.name ?? full?.find((one) => one.id === id)?.name)))
    .filter((one) => one !== undefined)
    .slice(0, NAMED);
  const rest = given.count - named.length;
  const who = rest > 0 ? t("reaction.and_others", { names: named.join(", "), count: rest }) : named.join(", ");
  const label = t("reaction.label", { emoji: given.emoji, count: given.count, who });
  const ask = (): void => setAsked(true);
  return (
    <Tooltip label={who} multiline maw={280}>
      <button
        type="button"
        className={cx(css.chip, mine && css.mine)}
        aria-label={label}
        aria-pressed={mine}
        disabled={!react}
        tabIndex={tabIndex}
        onMouseEnter={ask}
        onFocus={ask}
        onClick={() => react?.(message, given.emoji, !mine)}
      >
        <span aria-hidden="true">{given.emoji}</span>
        <span aria-hidden="true">{given.count}</span>
      </button>
    </Tooltip>
  );
}
