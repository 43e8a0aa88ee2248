import { Button, NumberInput, TextInput } from "@mantine/core";
import { IconQuote } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { MentionField, type Mentionable } from "../../../shared/prose/MentionField";
import { namedIn } from "../../../shared/prose/mentions";
import { cx } from "../../../shared/ui/cx";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import css from "./Comments.module.css";

export interface Said {
  text: string;
  mentions: string[];
  page: number | null;
  quote: string;
}

interface Props {
  people: readonly Mentionable[];
  label: string;
  placeholder: string;
  verb: string;
  text?: string;
  /** A remark may say what of the content it is about; an answer may not. */
  place?: { quote: string } | null;
  focusFirst?: boolean;
  onSend: (said: Said) => Promise<void>;
  onCancel?: () => void;
}

const MOST = 10_000;
const WARN_FROM = 9_000;

/** Ctrl Entrée sends, Échap gives up. What was written stays when the server refuses or does not answer. */
export function CommentBox({ people, label, placeholder, verb, text: before = "", place = null, focusFirst = false, onSend, onCancel }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [text, setText] = useState(before);
  const [page, setPage] = useState<number | null>(null);
  const [quote, setQuote] = useState(place?.quote ?? "");
  const [placed, setPlaced] = useState(quote !== "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hintId = useId();
  const over = text.length - MOST;
  const outside = namedIn(text, people).filter((person) => !person.inside);
  const begun = text !== "" || placed || onCancel !== undefined;
  const send = async (): Promise<void> => {
    if (text.trim() === "" || over > 0 || busy) return;
    setBusy(true);
    setError(null);
    try {
      const mentions = namedIn(text, people).filter((person) => person.inside).map(({ id }) => id);
      await onSend({ text: text.trimEnd(), mentions, page: placed ? page : null, quote: placed ? quote.trim() : "" });
      setText((held) => (held === text ? "" : held)); // what was typed meanwhile stays
      setPage(null);
      setQuote("");
      setPlaced(false);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    } else if (event.key === "Escape" && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <div className={css.box}>
      <MentionField
        value={text}
        setValue={setText}
        people={people}
        outsideNote={t("comments.not_inside")}
        label={label}
        placeholder={placeholder}
        {...(begun && { describedBy: hintId })}
        over={over > 0}
        focusFirst={focusFirst}
        below
        onKey={onKey}
      >
        {place && !placed && (
          <Button variant="subtle" size="sm" leftSection={<IconQuote size={18} stroke={1.75} />} onClick={() => setPlaced(true)}>
            {t("comments.place")}
          </Button>
        )}
      </MentionField>
      {placed && (
        <div className={css.place}>
          <TextInput label={t("comments.quote")} maxLength={200} value={quote} onChange={(event) => setQuote(event.currentTarget.value)} />
          <NumberInput
            label={t("comments.page")}
            min={1}
            max={100_000}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            value={page ?? ""}
            onChange={(value) => setPage(typeof value === "number" ? value : null)}
          />
        </div>
      )}
      {outside.length > 0 && (
        <p className={css.warning} role="status">
          {t("comments.outside", { count: outside.length, name: outside.map((person) => person.name).join(", ") })}
        </p>
      )}
      <ProblemNote error={error} />
      {begun && (
        <div className={css.buttons}>
          <span className={cx(css.hint, over > 0 && css.over)} id={hintId}>
            {over > 0 ? t("comments.over", { count: over }) : text.length > WARN_FROM ? t("comments.left", { count: -over }) : t("comments.keys")}
          </span>
          {onCancel && (
            <Button size="sm" variant="default" onClick={onCancel}>
              {t("common:cancel")}
            </Button>
          )}
          <Button size="sm" loading={busy} disabled={text.trim() === "" || over > 0} onClick={() => void send()}>
            {verb}
          </Button>
        </div>
      )}
    </div>
  );
}
