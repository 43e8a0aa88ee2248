import { Modal, Switch } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { letters, setLetters } from "../lib/letters";
import css from "./KeyboardHelp.module.css";

const ALWAYS = [
  ["move", ["↑", "↓"]],
  ["pages", ["page"]],
  ["ends", ["ends"]],
  ["acts", ["enter", "space"]],
  ["back", ["escape"]],
] as const;
const LETTERS = [
  ["reply", ["r"]],
  ["react", ["e", "+"]],
  ["fresh", ["n"]],
  ["help", ["?"]],
] as const;

/** The keys of a list of messages, and the switch for those that are single letters. */
export function KeyboardHelp({ onClose }: { onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  const on = useSyncExternalStore(letters.subscribe, letters.get);
  const line = ([name, keys]: readonly [string, readonly string[]]): React.JSX.Element => (
    <div key={name} className={css.row}>
      <dt>{t(`keys.${name}`)}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key.length > 1 ? t(`keys.key_${key}`) : key}</kbd>
        ))}
      </dd>
    </div>
  );
  return (
    <Modal opened onClose={onClose} title={t("keys.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <p className={css.lead}>{t("keys.lead")}</p>
      <dl className={css.keys}>
        {ALWAYS.map(line)}
        {on && LETTERS.map(line)}
      </dl>
      <Switch label={t("keys.letters")} description={t("keys.letters_help")} checked={on} onChange={(event) => setLetters(event.currentTarget.checked)} />
    </Modal>
  );
}
