import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./Loading.module.css";

/** True after 150 ms: what comes sooner needs no skeleton. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** Grey rows in the place of a list. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }): React.JSX.Element {
  const { t } = useTranslation("common");
  const late = useLate();
  return (
    <div role="status" className={css.rows}>
      <span className="visually-hidden">{t("loading")}</span>
      {late &&
        Array.from({ length: rows }, (_, index) => (
          <div key={index} className={css.row} aria-hidden="true">
            <span className={css.dot} />
            <span className={css.bar} data-width={index % 3} />
            <span className={css.short} />
          </div>
        ))}
    </div>
  );
}

/** A title and rows: while the code of a page comes. */
export function PageSkeleton(): React.JSX.Element {
  const late = useLate();
  return (
    <div className={css.page}>
      {late && <div className={css.title} aria-hidden="true" />}
      <RowsSkeleton />
    </div>
  );
}
