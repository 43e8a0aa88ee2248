import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { Copyable } from "../../../shared/ui/Copyable";
import css from "../pages/Settings.module.css";
import drive from "./DriveAddress.module.css";

const SYSTEMS = ["windows", "macos", "gnome", "rclone"] as const;

/** Where a file program finds the documents, and how each system is told. */
export function DriveAddress(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const me = useMe();
  const address = `${window.location.origin}/dav/files/`;
  const davs = address.replace(/^http/, "dav");
  return (
    <div className={drive.drive}>
      <h3 className={drive.title}>{t("drive.title")}</h3>
      <p className={css.text}>{t("drive.lead", { login: me.identifier })}</p>
      <Copyable text={address} />
      <dl className={drive.systems}>
        {SYSTEMS.map((system) => (
          <div key={system}>
            <dt>{t(`drive.${system}`)}</dt>
            <dd>{t(`drive.${system}_how`, { davs })}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
