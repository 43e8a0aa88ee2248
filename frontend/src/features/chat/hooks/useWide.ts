import { useMediaQuery } from "@mantine/hooks";

/** Whether the list and the conversation are side by side. */
export function useWide(): boolean {
  return useMediaQuery("(min-width: 768px)", true, { getInitialValueInEffect: false });
}

/** Whether a panel stands beside the conversation, and does not cover it. */
export function useBeside(): boolean {
  return useMediaQuery("(min-width: 1200px)", true, { getInitialValueInEffect: false });
}
