import { Button } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { setLanguage } from "../i18n";
import css from "./Entrance.module.css";
import { OfficePlan } from "./OfficePlan";
import { usePageTitle } from "./Page";
import { PlanoMark } from "./PlanoMark";

/** The pages before the office: one task in a narrow column, the plan of the office beside it. */
export function Entrance({ title, lead, children }: { title: string; lead?: React.ReactNode; children: React.ReactNode }): React.JSX.Element {
  const { t, i18n } = useTranslation("common");
  usePageTitle(title);
  const other = i18n.language === "fr" ? "en" : "fr";
  return (
    <div className={css.entrance}>
      <div className={css.side}>
        <header className={css.brand}>
          <PlanoMark size={28} />
          Plano
        </header>
        <main id="main" className={css.main} tabIndex={-1}>
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <p className={css.lead}>{lead}</p>}
          <div className={css.body}>{children}</div>
        </main>
        <footer className={css.foot}>
          <Button
            variant="subtle"
            size="sm"
            color="gray"
            lang={other}
            leftSection={<IconLanguage size={18} stroke={1.75} />}
            onClick={() => void setLanguage(other)}
          >
            {t("other_language")}
          </Button>
        </footer>
      </div>
      <div className={css.plan} aria-hidden="true">
        <OfficePlan />
      </div>
    </div>
  );
}
