import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DateTime } from "../../../shared/ui/DateTime";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { type Share, usesQuery } from "../shares";
import css from "./Share.module.css";

/** What was done through a link: when, what, from where (shortened). */
export function ShareUses({ share, onClose }: { share: Share; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(usesQuery(share));
  return (
    <Modal opened onClose={onClose} title={t("share.uses")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <p className={dialogs.text}>{t("share.uses_lead")}</p>
      {isPending && <RowsSkeleton rows={3} />}
      <ProblemNote error={error} />
      {data?.items.length === 0 && <p className={css.none}>{t("share.no_use")}</p>}
      {data && data.items.length > 0 && (
        // a long list scrolls, also by keyboard
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ul role="list" className={`${css.list} ${css.uses}`} aria-label={t("share.uses")} tabIndex={0}>
          {data.items.map((use) => (
            <li key={use.id} className={css.use}>
              <span>{t(`share.did.${use.what === "opened" && use.name !== "" ? "looked" : use.what}`, { name: use.name, depositor: use.depositor })}</span>
              <DateTime at={use.at} />
              <span className={css.meta}>{use.network === "" ? t("share.from_nowhere") : t("share.from", { network: use.network })}</span>
            </li>
          ))}
        </ul>
      )}
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("common:close")}
        </Button>
      </div>
    </Modal>
  );
}
