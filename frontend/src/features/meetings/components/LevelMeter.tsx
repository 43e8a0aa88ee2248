import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LocalMedia } from "../call/local";
import { useStore } from "../hooks/useStore";
import css from "./Prejoin.module.css";

const SILENT_AFTER = 6000;

/** The level of one's own microphone, and a word when nothing is heard for a while. */
export function LevelMeter({ media }: { media: LocalMedia }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const { microphone } = useStore(media.state);
  const bar = useRef<HTMLSpanElement>(null);
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    let heard = Date.now();
    const timer = setInterval(() => {
      const level = microphone ? media.meter.level() : 0;
      if (level > 0.005 || !microphone) heard = Date.now();
      setSilent(Date.now() - heard > SILENT_AFTER);
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, level).toFixed(3)})`;
    }, 100);
    return () => clearInterval(timer);
  }, [media, microphone]);
  return (
    <>
      <div className={css.meter} aria-hidden="true">
        <span ref={bar} />
      </div>
      {silent && <p className={css.note}>{t("device.silent")}</p>}
    </>
  );
}
