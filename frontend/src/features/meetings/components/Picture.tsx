import { useEffect, useRef } from "react";
import { cx } from "../../../shared/ui/cx";
import css from "./Stage.module.css";

interface Props {
  track: MediaStreamTrack | null;
  /** One's own picture is shown as in a mirror. */
  mirrored?: boolean;
  /** A shared screen is shown whole. */
  whole?: boolean;
  label: string;
  /** How tall it is on the screen, in device pixels; 0 when it goes. */
  onHeight?: (height: number) => void;
}

/** A moving picture without its sound. */
export function Picture({ track, mirrored = false, whole = false, label, onHeight }: Props): React.JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = track ? new MediaStream([track]) : null;
    void element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  useEffect(() => {
    const element = video.current;
    if (!element || !onHeight || typeof ResizeObserver === "undefined") return undefined;
    const observer = new ResizeObserver(([entry]) => {
      onHeight(Math.round((entry?.contentRect.height ?? 0) * window.devicePixelRatio));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      onHeight(0);
    };
  }, [onHeight]);
  return (
    <video ref={video} className={cx(css.video, mirrored && css.mirrored, whole && css.whole)} aria-label={label} autoPlay muted playsInline>
      <track kind="captions" />
    </video>
  );
}
