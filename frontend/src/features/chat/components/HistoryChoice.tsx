import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./Dialogs.module.css";

/** What those who come later read of the past: said before anybody is let in. */
export function HistoryChoice({ joined, setJoined }: { joined: boolean; setJoined: (joined: boolean) => void }): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <Radio.Group label={t("history_rule.title")} value={joined ? "joined" : "all"} onChange={(value) => setJoined(value === "joined")}>
      <div className={css.form}>
        <Radio value="all" label={t("history_rule.all")} />
        <Radio value="joined" label={t("history_rule.joined")} />
      </div>
    </Radio.Group>
  );
}
