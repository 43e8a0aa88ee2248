import { IconCheck } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../../../shared/ui/cx";
import css from "./EventForm.module.css";

const COLORS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** One of the eight identity tints, each with its name. */
export function ColorChoice({ value, onChange }: { value: number; onChange: (color: number) => void }): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const name = useId();
  return (
    <fieldset className={css.days}>
      <legend className={css.legend}>{t("form.color")}</legend>
      {COLORS.map((color) => (
        <label key={color} className={cx(css.day, css.swatch)} data-color={color} title={t(`color.${color}`)}>
          <input
            type="radio"
            name={name}
            checked={value === color}
            onChange={() => onChange(color)}
            aria-label={t(`color.${color}`)}
          />
          <span aria-hidden="true">
            <IconCheck size={16} stroke={2} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
