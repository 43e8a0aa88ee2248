import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMessage2, IconMoodPlus, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { spoken } from "../../../shared/prose/links";
import { RowMenu, type useRowMenu } from "../../../shared/ui/RowMenu";
import { mayEdit, type MenuOf, useMessageMenu } from "../hooks/useMessageMenu";
import css from "./MessageRow.module.css";

type Props = MenuOf & { menu: ReturnType<typeof useRowMenu>; tabIndex: number };

/** The most frequent actions at hand; all of them in the menu. */
export function MessageActions({ menu, tabIndex, ...of }: Props): React.JSX.Element {
  const { message, mine, abilities, acts, setEditing, pick } = of;
  const { t } = useTranslation("chat");
  const { t: words } = useTranslation("common");
  const actions = useMessageMenu(of);
  const name = t("message.of", { name: message.author.name, text: spoken(message.text, words).slice(0, 40) });
  return (
    <div className={css.actions} data-open={menu.opened || undefined}>
      {pick && (
        <Tooltip label={t("reaction.add")}>
          <ActionIcon size="sm" aria-label={t("reaction.to", { name })} tabIndex={tabIndex} onClick={pick}>
            <IconMoodPlus size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      {acts.reply && abilities.reply && (
        <Tooltip label={t("act.reply")}>
          <ActionIcon size="sm" aria-label={t("act.reply_to", { name })} tabIndex={tabIndex} onClick={() => acts.reply?.(message)}>
            <IconMessage2 size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      {mine && mayEdit(abilities.own, abilities, message) && message.poll === null && (
        <Tooltip label={t("act.edit")}>
          <ActionIcon size="sm" aria-label={t("act.edit_this", { name })} tabIndex={tabIndex} onClick={() => setEditing(message.id)}>
            <IconPencil size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      <RowMenu name={name} actions={actions} menu={menu} tabIndex={tabIndex} />
    </div>
  );
}
