import { ActionIcon, Modal } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./HelpButton.module.css";

const SHORTCUTS = [
  ["search", ["/", "Ctrl K"]],
  ["zones", ["F6"]],
  ["zones_back", ["Shift F6"]],
  ["row_menu", ["Shift F10"]],
  ["messages", ["?"]],
  ["close", ["Esc"]],
] as const;

/** The keys that work everywhere. */
export function HelpButton(): React.JSX.Element {
  const { t } = useTranslation("shell");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActionIcon aria-label={t("help.open")} onClick={() => setOpened(true)}>
        <IconHelpCircle size={20} stroke={1.75} />
      </ActionIcon>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("help.title")} closeButtonProps={{ "aria-label": t("help.close") }}>
        <dl className={css.keys}>
          {SHORTCUTS.map(([name, keys]) => (
            <div key={name} className={css.row}>
              <dt>{t(`help.keys.${name}`)}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key.replace("Shift", t("help.shift")).replace("Esc", t("help.escape"))}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  );
}
