import { Modal } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { GROUPS, type GroupName, type Hit } from "../api";
import { useFound, useRemember } from "../hooks/useSearch";
import { addressOf } from "../lib/address";
import { HitLine } from "./HitLine";
import css from "./SearchPalette.module.css";

/** Search from anywhere (`/` or Ctrl K): type, choose with the arrows, open with Entrée. */
export function SearchPalette({ opened, onClose }: { opened: boolean; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("desk");
  return (
    <Modal.Root opened={opened} onClose={onClose} size="680px" yOffset="10vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t("search.label")} className={css.palette}>
        <Modal.Body className={css.body}>
          <Palette onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Palette({ onClose }: { onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const remember = useRemember();
  const id = useId();
  const [text, setText] = useState("");
  const [kind, setKind] = useState<GroupName | "">("");
  const [chosen, setChosen] = useState(0);
  const found = useFound(text, kind);
  const hits = found.groups.flatMap((group) => group.items);
  const at = Math.min(chosen, Math.max(0, hits.length - 1));
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const open = (hit: Hit | undefined): void => {
    const address = hit && addressOf(hit);
    if (!hit || !address) return;
    remember(hit);
    onClose();
    void navigate(address);
  };
  const seeAll = (): void => {
    onClose();
    void navigate({ to: "/recherche", search: { q: text.trim(), ...(kind !== "" && { genre: kind }) } });
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen((at + step + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (hits[at]) open(hits[at]);
      else if (found.isAsked) seeAll();
    }
  };
  const choose = (next: GroupName | ""): void => {
    setKind(next);
    setChosen(0);
  };

  return (
    <>
      <div className={css.field}>
        <IconSearch size={20} stroke={1.75} aria-hidden="true" />
        <input
          data-autofocus
          type="text"
          role="combobox"
          aria-label={t("search.label")}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
          placeholder={t("search.placeholder")}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className={css.close} onClick={onClose} aria-label={`${t("search.escape")}, ${t("common:close")}`}>
          <kbd aria-hidden="true">{t("search.escape")}</kbd>
        </button>
      </div>
      <div className={css.kinds} role="group" aria-label={t("search.kinds")}>
        {(["", ...GROUPS] as const).map((name) => (
          <button key={name} type="button" aria-pressed={kind === name} onClick={() => choose(name)}>
            {t(`group.${name === "" ? "all" : name}`)}
          </button>
        ))}
      </div>
      <div ref={list} className={css.list} id={`${id}-list`} role="listbox" aria-label={t("search.results")}>
        {found.groups.map((group) => (
          <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`}>
            <div className={css.group} id={`${id}-${group.name}`} role="presentation">
              {t(`group.${group.name}`)}
            </div>
            {group.items.map((hit) => {
              const index = hits.indexOf(hit);
              return (
                // the keys are heard by the field, as a combobox wants it
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={hit.id}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className={css.hit}
                  onClick={() => open(hit)}
                  onPointerMove={() => setChosen(index)}
                >
                  <HitLine hit={hit} words={found.words} />
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <ProblemNote error={found.error} />
      <p className={css.none} role="status">
        {found.isAsked && found.isCurrent
          ? t("search.count", { count: found.count })
          : !found.isAsked && hits.length === 0 && t("search.hint")}
      </p>
      <div className={css.foot}>
        <span aria-hidden="true">
          <kbd>↑</kbd> <kbd>↓</kbd> {t("search.choose")} <kbd>{t("search.enter")}</kbd> {t("search.open")}
        </span>
        {found.isAsked && (
          <button type="button" onClick={seeAll}>
            {t("search.see_all")}
          </button>
        )}
      </div>
    </>
  );
}
