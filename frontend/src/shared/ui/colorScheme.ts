/** Light or dark: by the system or by choice, one attribute for the tokens and one for Mantine, always together. */
import { type MantineColorScheme, type MantineColorSchemeManager, useComputedColorScheme } from "@mantine/core";
import { useLayoutEffect } from "react";

const KEY = "plano-theme";

function isScheme(value: unknown): value is MantineColorScheme {
  return value === "light" || value === "dark" || value === "auto";
}

function kept(): MantineColorScheme {
  try {
    const value = localStorage.getItem(KEY);
    return isScheme(value) ? value : "auto";
  } catch {
    return "auto";
  }
}

export function schemeManager(): MantineColorSchemeManager {
  let listener: ((event: StorageEvent) => void) | undefined;
  return {
    get: () => kept(),
    set: (value) => {
      try {
        localStorage.setItem(KEY, value);
      } catch {
        // a browser that keeps nothing still shows the choice until the page closes
      }
    },
    subscribe: (update) => {
      listener = (event) => {
        if (event.key === KEY && isScheme(event.newValue)) update(event.newValue);
      };
      window.addEventListener("storage", listener);
    },
    unsubscribe: () => {
      if (listener) window.removeEventListener("storage", listener);
    },
    clear: () => {
      localStorage.removeItem(KEY);
    },
  };
}

/** Keeps `data-theme`, which the tokens read, equal to what Mantine shows. */
export function TokenTheme(): null {
  const scheme = useComputedColorScheme("light");
  useLayoutEffect(() => {
    document.documentElement.setAttribute("data-theme", scheme);
  }, [scheme]);
  return null;
}
