import { Button, Checkbox, Radio, Tooltip } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { useMe } from "../../../shared/session/session";
import { DateTime, useNow } from "../../../shared/ui/DateTime";
import { toast } from "../../../shared/ui/toast";
import { castVote, closePoll, type Message, type Person, type Poll, voteQuery } from "../api";
import { foldMessage } from "../live";
import css from "./PollCard.module.css";

interface Props {
  message: Message;
  poll: Poll;
  people: ReadonlyMap<string, Person>;
  /** One may vote here. */
  may: boolean;
  /** One may end it. */
  mayClose: boolean;
}

/** A poll: its answers with their counts, mine at a click, and who took which when it is with names. */
export function PollCard({ message, poll, people, may, mayClose }: Props): React.JSX.Element {
  const { t } = useTranslation("chat");
  const cache = useQueryClient();
  const now = useNow();
  const name = useId();
  const { data } = useQuery(voteQuery(message));
  const [going, setGoing] = useState<number[] | null>(null); // shown at once, until the server has answered
  const mine = going ?? data?.options ?? [];
  const over = poll.closed_at !== null || (poll.closes_at !== null && Date.parse(poll.closes_at) <= now);
  const act = async (change: Promise<Message>, options?: number[]): Promise<void> => {
    setGoing(options ?? null);
    try {
      const changed = await change;
      if (options) cache.setQueryData(voteQuery(changed).queryKey, { options });
      foldMessage(cache, changed);
    } catch (error) {
      toast(sentenceFor(error, t));
    } finally {
      setGoing(null);
    }
  };
  const take = (option: number, on: boolean): void => {
    const rest = poll.multiple ? mine.filter((one) => one !== option) : [];
    const options = on ? [...rest, option].sort() : rest;
    void act(castVote(message.id, options), options);
  };
  const most = Math.max(1, ...poll.options.map((one) => one.count));
  return (
    <fieldset className={css.poll}>
      <legend className="visually-hidden">{message.text}</legend>
      <p className={css.rule}>
        {t(poll.multiple ? "poll.several" : "poll.one")} · {t(poll.anonymous ? "poll.without_names" : "poll.with_names")}
      </p>
      {poll.options.map((option, index) => {
        const checked = mine.includes(index);
        const label = (
          <span className={css.label}>
            <span className={css.text}>{option.text}</span>
            <Count option={option} people={people} />
          </span>
        );
        const props = { key: index, className: css.option, label, checked, disabled: !may || over, classNames: { labelWrapper: css.wrap } };
        return (
          <div key={index} className={css.line}>
            <span className={css.bar} style={{ inlineSize: `${(option.count / most) * 100}%` }} aria-hidden="true" />
            {poll.multiple ? (
              <Checkbox {...props} key="box" onChange={(event) => take(index, event.currentTarget.checked)} />
            ) : (
              <Radio {...props} key="box" name={name} onChange={() => take(index, true)} />
            )}
          </div>
        );
      })}
      <p className={css.foot}>
        <span role="status">{t("poll.voters", { count: poll.voters })}</span>
        {over ? (
          <span>{t("poll.over")}</span>
        ) : (
          poll.closes_at !== null && (
            <span>
              {t("poll.until")} <DateTime at={poll.closes_at} style="planned" />
            </span>
          )
        )}
        {!over && may && mine.length > 0 && !poll.multiple && (
          <Button size="sm" variant="subtle" onClick={() => void act(castVote(message.id, []), [])}>
            {t("poll.take_back")}
          </Button>
        )}
        {!over && mayClose && (
          <Button size="sm" variant="subtle" onClick={() => void act(closePoll(message.id))}>
            {t("poll.close")}
          </Button>
        )}
      </p>
    </fieldset>
  );
}

function Count({ option, people }: { option: Poll["options"][number]; people: Props["people"] }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const me = useMe();
  const names = option.people.map((id) => (id === me.id ? t("reaction.you") : people.get(id)?.name)).filter((one) => one !== undefined);
  const rest = option.count - names.length;
  const who = names.length > 0 && rest > 0 ? t("reaction.and_others", { names: names.join(", "), count: rest }) : names.join(", ");
  const words = t("poll.votes", { count: option.count });
  return (
    <Tooltip label={who} disabled={who === ""} multiline maw={280}>
      <span className={css.count}>
        <span aria-hidden="true">{option.count}</span>
        <span className="visually-hidden">{who === "" ? words : `${words}, ${who}`}</span>
      </span>
    </Tooltip>
  );
}
