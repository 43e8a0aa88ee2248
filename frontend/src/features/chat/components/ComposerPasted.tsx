import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Offer } from "../hooks/usePasting";
import css from "./Composer.module.css";

/** What was just pasted can be something else. */
export function ComposerPasted({ offer }: { offer: Offer }): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <div className={css.offer} role="status">
      <span>{t(`pasted.${offer.kind}`, { count: offer.lines })}</span>
      <Button size="xs" variant="default" onClick={offer.accept}>
        {t(`pasted.${offer.kind}_instead`)}
      </Button>
      <Button size="xs" variant="subtle" onClick={offer.dismiss}>
        {t("pasted.keep")}
      </Button>
    </div>
  );
}
