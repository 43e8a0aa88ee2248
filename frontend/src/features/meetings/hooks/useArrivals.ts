import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { firstName } from "../../../shared/lib/names";
import type { Phase } from "../call/call";
import type { Participant } from "../call/types";

const TOGETHER = 1500;

/** One sentence for those who came and went within a moment, for screen readers. */
export function useArrivals(participants: readonly Participant[], phase: Phase): string {
  const { t } = useTranslation("meetings");
  const [said, setSaid] = useState("");
  const known = useRef<Map<string, string> | null>(null);
  useEffect(() => {
    if (phase !== "connected") return undefined;
    const timer = setTimeout(() => {
      const now = new Map(participants.map((one) => [one.id, firstName(one.person.name)]));
      const before = known.current;
      known.current = now;
      if (!before) return;
      const came = [...now].filter(([id]) => !before.has(id)).map(([, name]) => name);
      const gone = [...before].filter(([id]) => !now.has(id)).map(([, name]) => name);
      const list = new Intl.ListFormat(document.documentElement.lang || "fr");
      const sentences = [
        came.length > 0 ? t("call.came", { names: list.format(came), count: came.length }) : "",
        gone.length > 0 ? t("call.gone", { names: list.format(gone), count: gone.length }) : "",
      ].filter(Boolean);
      if (sentences.length > 0) setSaid(sentences.join(" "));
    }, TOGETHER);
    return () => clearTimeout(timer);
  }, [participants, phase, t]);
  return said;
}
