import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Store } from "../live/store";
import css from "./toast.module.css";

interface Toast {
  id: number;
  message: string;
  undo: (() => void) | undefined;
}

const current = new Store<Toast | null>(null);
let count = 0;

/**
 * Says that something is done; with `undo`, offers *Annuler*. Never for an error that needs an act.
 * `news`, what somebody else did, never takes the place of an *Annuler*: the bell has counted it.
 */
export function toast(message: string, options: { undo?: () => void; news?: boolean } = {}): void {
  if (options.news && current.get()?.undo) return;
  count += 1;
  current.set({ id: count, message, undo: options.undo });
}

const SECONDS = 6;

/** Bottom left, one at a time, six seconds; stays while it is focused or pointed at. */
export function ToastHost(): React.JSX.Element {
  const shown = useSyncExternalStore(current.subscribe, current.get);
  return (
    <div className={css.host} role="status" aria-live="polite">
      {shown && <Shown key={shown.id} toast={shown} />}
    </div>
  );
}

function Shown({ toast: { message, undo } }: { toast: Toast }): React.JSX.Element {
  const { t } = useTranslation("common");
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => current.set(null), SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    // pointing at it only keeps it there
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={css.toast}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <span className={css.message}>{message}</span>
      {undo && (
        <Button
          variant="subtle"
          size="sm"
          onClick={() => {
            current.set(null);
            undo();
          }}
        >
          {t("undo")}
        </Button>
      )}
      <ActionIcon size="sm" aria-label={t("close")} onClick={() => current.set(null)}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
