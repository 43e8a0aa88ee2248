import { useEffect, useState } from "react";

/** Whether the last thing that was used is the keyboard: a panel opened by it takes the focus. */
export function useKeyboardUse(): boolean {
  const [keyboard, setKeyboard] = useState(false);
  useEffect(() => {
    const key = (): void => setKeyboard(true);
    const pointer = (): void => setKeyboard(false);
    window.addEventListener("keydown", key, true);
    window.addEventListener("pointerdown", pointer, true);
    return () => {
      window.removeEventListener("keydown", key, true);
      window.removeEventListener("pointerdown", pointer, true);
    };
  }, []);
  return keyboard;
}
