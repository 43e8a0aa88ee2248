import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { StateTag } from "../../../shared/ui/Tags";
import { deliveriesQuery, type Delivery, type OutgoingHook } from "../api";
import css from "./Hooks.module.css";

/** The latest fifty tries to tell a service. */
export function Deliveries({ hook, onClose }: { hook: OutgoingHook; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("hooks");
  const { data, error } = useQuery(deliveriesQuery(hook.id));
  return (
    <Modal opened onClose={onClose} size="lg" title={t("deliveries.of", { host: hook.host })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <ProblemNote error={error} />
      {data?.items.length === 0 && <p className={css.text}>{t("deliveries.none")}</p>}
      {data !== undefined && data.items.length > 0 && (
        <div className={css.scroll}>
          <table className={css.tries}>
            <thead>
              <tr>
                <th scope="col">{t("deliveries.when")}</th>
                <th scope="col">{t("deliveries.what")}</th>
                <th scope="col">{t("deliveries.answer")}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <tr key={one.id}>
                  <td>
                    <DateTime at={one.at} />
                  </td>
                  <td>
                    {t(`event.${one.event}`)}
                    {one.attempt > 1 && <div className={css.meta}>{t("deliveries.attempt", { count: one.attempt })}</div>}
                  </td>
                  <td>
                    <Answer one={one} /> <span className={css.meta}>{t("deliveries.took", { count: one.milliseconds })}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  );
}

function Answer({ one }: { one: Delivery }): React.JSX.Element {
  const { t } = useTranslation("hooks");
  if (one.status === null) return <StateTag tone="danger">{t(`reason.${one.reason}`)}</StateTag>;
  return <StateTag tone={one.status < 300 ? "ok" : "danger"}>{t("deliveries.status", { status: one.status })}</StateTag>;
}
