/** Mantine speaks in our tokens: every value below is a `--p-…` variable, so light and dark follow by themselves. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import recipes from "./recipes.module.css";

const tuple = (tint: string, line: string, fill: string, strong: string): MantineColorsTuple => [
  tint, tint, line, line, fill, fill, fill, fill, strong, strong,
];

export const theme = createTheme({
  fontFamily: "var(--p-font)",
  headings: { fontFamily: "var(--p-font)", fontWeight: "650" },
  primaryColor: "plano",
  primaryShade: { light: 6, dark: 6 },
  colors: {
    plano: tuple("var(--p-blue-tint)", "var(--p-info-line)", "var(--p-blue)", "var(--p-blue-hover)"),
    red: tuple("var(--p-danger-tint)", "var(--p-danger-line)", "var(--p-danger-fill)", "var(--p-danger-fill)"),
    green: tuple("var(--p-ok-tint)", "var(--p-ok-line)", "var(--p-ok)", "var(--p-ok)"),
    yellow: tuple("var(--p-warn-tint)", "var(--p-warn-line)", "var(--p-warn)", "var(--p-warn)"),
  },
  defaultRadius: "sm",
  radius: { xs: "var(--p-r-1)", sm: "var(--p-r-2)", md: "var(--p-r-3)", lg: "var(--p-r-4)", xl: "var(--p-r-full)" },
  spacing: { xs: "var(--p-2)", sm: "var(--p-3)", md: "var(--p-4)", lg: "var(--p-6)", xl: "var(--p-8)" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "15px", xl: "17px" },
  lineHeights: { xs: "16px", sm: "18px", md: "20px", lg: "23px", xl: "24px" },
  shadows: {
    xs: "var(--p-shadow-1)", sm: "var(--p-shadow-1)", md: "var(--p-shadow-2)", lg: "var(--p-shadow-3)", xl: "var(--p-shadow-3)",
  },
  breakpoints: { xs: "320px", sm: "480px", md: "768px", lg: "1200px", xl: "1440px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "never", // ours, in base.css
  components: {
    Button: { defaultProps: { size: "md" }, classNames: { root: recipes.button, label: recipes.buttonLabel } },
    ActionIcon: { defaultProps: { variant: "subtle", size: "lg", color: "gray" }, classNames: { root: recipes.iconButton } },
    Input: { defaultProps: { size: "md" }, classNames: { input: recipes.input, section: recipes.inputSection } },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"], size: "md" },
      classNames: {
        label: recipes.label, description: recipes.description, error: recipes.error, required: recipes.required,
      },
    },
    PasswordInput: { classNames: { innerInput: recipes.innerInput } },
    Checkbox: { classNames: { input: recipes.check, label: recipes.checkLabel, labelWrapper: recipes.checkLabelWrapper } },
    Radio: { classNames: { radio: recipes.check, label: recipes.checkLabel } },
    Switch: { classNames: { label: recipes.checkLabel } },
    Menu: {
      // the first item takes the focus, as in the ARIA pattern; no empty placeholder in the menu
      defaultProps: {
        shadow: "md", position: "bottom-end", offset: 6, transitionProps: { duration: 120 }, withInitialFocusPlaceholder: false,
      },
      classNames: { dropdown: recipes.menu, item: recipes.menuItem, divider: recipes.menuLine, label: recipes.menuLabel, itemSection: recipes.menuIcon },
    },
    Combobox: { classNames: { dropdown: recipes.menu, option: recipes.menuItem } },
    Select: {
      defaultProps: { allowDeselect: false, checkIconPosition: "right", comboboxProps: { shadow: "md" } },
      classNames: { dropdown: recipes.menu, option: recipes.menuItem },
    },
    Popover: { defaultProps: { shadow: "md" }, classNames: { dropdown: recipes.menu } },
    Modal: {
      defaultProps: {
        // a dialog has a name: its header is no landmark
        attributes: { header: { role: "presentation" } },
        centered: true, radius: "lg", padding: "lg", shadow: "lg", size: "480px",
        overlayProps: { color: "var(--p-scrim)", backgroundOpacity: 1 }, transitionProps: { duration: 160, transition: "fade" },
      },
      classNames: { title: recipes.dialogTitle, content: recipes.dialog, header: recipes.dialogHeader },
    },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 90 } }, classNames: { tooltip: recipes.tooltip } },
    Tabs: { classNames: { tab: recipes.tab, list: recipes.tabList } },
    SegmentedControl: { classNames: { root: recipes.segments, label: recipes.segment, control: recipes.segmentControl, indicator: recipes.segmentIndicator } },
    Progress: { defaultProps: { size: "4px" }, classNames: { root: recipes.progress } },
    Skeleton: { defaultProps: { animate: false } },
    Anchor: { classNames: { root: recipes.link } },
  },
});

/** Both themes answer with the same tokens: the token layer knows which one it is. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const ours = {
    "--mantine-color-body": "var(--p-bg)",
    "--mantine-color-text": "var(--p-text)",
    "--mantine-color-bright": "var(--p-text)",
    "--mantine-color-dimmed": "var(--p-text-3)",
    "--mantine-color-anchor": "var(--p-blue-text)",
    "--mantine-color-error": "var(--p-danger)",
    "--mantine-color-placeholder": "var(--p-text-3)",
    "--mantine-color-default": "var(--p-bg)",
    "--mantine-color-default-hover": "var(--p-bg-hover)",
    "--mantine-color-default-color": "var(--p-text)",
    "--mantine-color-default-border": "var(--p-line-strong)",
    "--mantine-color-disabled": "var(--p-bg-hover)",
    "--mantine-color-disabled-color": "var(--p-text-disabled)",
    "--mantine-color-disabled-border": "var(--p-line)",
    ...named("plano", "var(--p-blue)", "var(--p-blue-hover)", "var(--p-blue-text)", "var(--p-blue-tint)", "var(--p-info-line)"),
    ...named("red", "var(--p-danger-fill)", "var(--p-danger)", "var(--p-danger)", "var(--p-danger-tint)", "var(--p-danger-line)"),
    ...named("green", "var(--p-ok)", "var(--p-ok)", "var(--p-ok)", "var(--p-ok-tint)", "var(--p-ok-line)"),
    ...named("yellow", "var(--p-warn)", "var(--p-warn)", "var(--p-warn)", "var(--p-warn-tint)", "var(--p-warn-line)"),
    ...named("gray", "var(--p-text-3)", "var(--p-text-2)", "var(--p-text-2)", "var(--p-bg-hover)", "var(--p-line-strong)"),
    "--mantine-color-gray-0": "var(--p-bg-sunken)",
    "--mantine-color-gray-1": "var(--p-bg-hover)",
    "--mantine-color-gray-2": "var(--p-line)",
    "--mantine-color-gray-3": "var(--p-line)",
    "--mantine-color-gray-4": "var(--p-line-strong)",
    "--mantine-color-gray-5": "var(--p-line-control)",
    "--mantine-color-gray-6": "var(--p-text-3)",
    "--mantine-color-gray-7": "var(--p-text-2)",
    "--mantine-color-dark-4": "var(--p-line)",
    "--mantine-color-dark-5": "var(--p-bg-hover)",
    "--mantine-color-dark-6": "var(--p-bg-raised)",
    "--mantine-color-dark-7": "var(--p-bg)",
  };
  return { variables: {}, light: ours, dark: ours };
};

function named(name: string, fill: string, hover: string, text: string, tint: string, line: string): Record<string, string> {
  const base = `--mantine-color-${name}`;
  return {
    [`${base}-filled`]: fill,
    [`${base}-filled-hover`]: hover,
    [`${base}-text`]: text,
    [`${base}-light`]: tint,
    [`${base}-light-hover`]: tint,
    [`${base}-light-color`]: text,
    [`${base}-outline`]: line,
    [`${base}-outline-hover`]: tint,
  };
}
