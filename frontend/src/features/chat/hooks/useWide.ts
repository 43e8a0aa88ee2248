import { useMediaQuery } from "@mantine/hooks";

/** Whether the list and the conversation are side by side. */
export function useWide(): boolean {
  return useMediaQuery("(min-width: 768px)", true, { getInitialValueInEffect: false });
}
