import { ActionIcon } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { createContext, useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import css from "./panel.module.css";

interface Host {
  element: HTMLElement | null;
  setElement: (element: HTMLElement | null) => void;
  /** How many panels are drawn in it now. */
  open: number;
  enter: () => () => void;
}

const PanelContext = createContext<Host | null>(null);

export function PanelProvider({ children }: { children: React.ReactNode }): React.JSX.Element {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(0);
  const enter = useCallback(() => {
    setOpen((count) => count + 1);
    return () => setOpen((count) => count - 1);
  }, []);
  const host = useMemo(() => ({ element, setElement, open, enter }), [element, open, enter]);
  return <PanelContext.Provider value={host}>{children}</PanelContext.Provider>;
}

/** The region at the right, drawn once by the frame; on a phone it covers the content as a page. */
export function PanelRegion(): React.JSX.Element | null {
  const { t } = useTranslation("common");
  const host = useContext(PanelContext);
  if (!host) return null;
  const { setElement, open } = host;
  return (
    <aside
      ref={setElement}
      className={css.region}
      aria-label={t("panel.label")}
      data-zone={open > 0 ? "panel" : undefined}
      data-open={open > 0 || undefined}
      hidden={open === 0}
    />
  );
}

interface Props {
  title: string;
  onClose: () => void;
  /** One line under the title. */
  meta?: React.ReactNode;
  icon?: React.ReactNode;
  /** Beside the close button. */
  actions?: React.ReactNode;
  children: React.ReactNode;
  /** True when a key opened it: the focus goes to its title, and comes back with Échap. */
  focusTitle?: boolean;
}

/** The details of what is selected, in the region at the right. One at a time: the page renders it or not. */
export function DetailsPanel({ title, onClose, meta, icon, actions, children, focusTitle = false }: Props): React.JSX.Element | null {
  const host = useContext(PanelContext);
  const { t } = useTranslation("common");
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const enter = host?.enter;
  useEffect(() => enter?.(), [enter]);
  const element = host?.element;
  const shown = (host?.open ?? 0) > 0;
  useEffect(() => {
    if (!focusTitle || !element || !shown) return undefined;
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [focusTitle, element, shown]);
  if (!element) return null;
  return createPortal(
    // Escape closes from anywhere inside: a convenience beside the visible button
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={css.panel}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <header className={css.header}>
        <ActionIcon className={css.back} aria-label={t("back")} onClick={onClose}>
          <IconArrowLeft size={22} stroke={1.75} />
        </ActionIcon>
        {icon !== undefined && <span className={css.icon}>{icon}</span>}
        <div className={css.words}>
          <h2 id={titleId} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {meta !== undefined && <div className={css.meta}>{meta}</div>}
        </div>
        {actions}
        <ActionIcon className={css.close} size="sm" aria-label={t("panel.close")} onClick={onClose}>
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      </header>
      <div className={css.body}>{children}</div>
    </section>,
    element,
  );
}
