/** A page is fetched with its words when somebody goes there. */
import { lazyRouteComponent } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { loadWords } from "../shared/i18n";

type PageModule = { default: ComponentType };

export function page(namespace: string, load: () => Promise<PageModule>) {
  return lazyRouteComponent(async (): Promise<PageModule> => {
    const [module] = await Promise.all([load(), loadWords(namespace)]);
    return module;
  });
}
