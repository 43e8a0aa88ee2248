import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FoundMessage } from "../api";
import type { Searching } from "../hooks/useSearching";
import css from "./SearchPanel.module.css";

/** While results are looked at one by one: which one this is, the next ones, and the way back to the list. */
export function SearchBar({ searching, go }: { searching: Searching; go: (found: FoundMessage) => void }): React.JSX.Element | null {
  const { t } = useTranslation("chat");
  const { items, at } = searching;
  const index = items.findIndex((one) => one.id === at);
  if (index < 0) return null;
  const [newer, older] = [items[index - 1], items[index + 1]];
  return (
    <div className={css.bar} role="group" aria-label={t("search.title")}>
      <p role="status">{t("search.place", { at: index + 1, count: items.length })}</p>
      <Tooltip label={t("search.previous")}>
        <ActionIcon aria-label={t("search.previous")} disabled={!newer} onClick={() => newer && go(newer)}>
          <IconChevronUp size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("search.next")}>
        <ActionIcon aria-label={t("search.next")} disabled={!older} onClick={() => older && go(older)}>
          <IconChevronDown size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      {!searching.isOpen && (
        <Button size="compact-sm" variant="subtle" onClick={() => searching.open(searching.scope)}>
          {t("search.back")}
        </Button>
      )}
      <ActionIcon aria-label={t("search.end")} onClick={searching.end}>
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
