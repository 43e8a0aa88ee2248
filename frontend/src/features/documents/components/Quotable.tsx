import { Button } from "@mantine/core";
import { IconQuote } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./Quotable.module.css";

const MOST = 200;

/** Words that are selected in here can be commented. */
export function Quotable({ onQuote, children }: { onQuote: ((words: string) => void) | null; children: React.ReactNode }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const area = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (!onQuote) return undefined;
    const look = (): void => {
      const selection = document.getSelection();
      const inside = selection?.anchorNode && area.current?.contains(selection.anchorNode) && area.current.contains(selection.focusNode);
      setWords(inside ? selection.toString().replace(/\s+/g, " ").trim().slice(0, MOST) : "");
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [onQuote]);
  return (
    <div ref={area}>
      {children}
      {onQuote && words !== "" && (
        <div className={css.offer}>
          <Button size="sm" leftSection={<IconQuote size={18} stroke={1.75} />} onMouseDown={(event) => event.preventDefault()} onClick={() => onQuote(words)}>
            {t("comments.quote_this")}
          </Button>
        </div>
      )}
    </div>
  );
}
