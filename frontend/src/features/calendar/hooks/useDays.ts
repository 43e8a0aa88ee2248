import { useCallback, useState } from "react";

const KEY = "plano-agenda-jours";

/** Five days first, or seven: this browser remembers. */
export function useDays(): [5 | 7, (days: 5 | 7) => void] {
  const [days, setDays] = useState<5 | 7>(() => (read() === "7" ? 7 : 5));
  const choose = useCallback((next: 5 | 7) => {
    setDays(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // a browser without storage forgets
    }
  }, []);
  return [days, choose];
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
