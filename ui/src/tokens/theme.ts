/** Mantine's parts dressed in our meanings, so that one token change reaches them too. */

import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const BLUE: MantineColorsTuple = ["#e8f1fb", "#cfe3f7", "#a9cdf1", "#7fbaf3", "#4c97dd", "#2377c6", "#0b5cad", "#084884", "#12304d", "#10263c"];

export const theme = createTheme({
  fontFamily: "var(--font-sans)",
  fontFamilyMonospace: "var(--font-mono)",
  primaryColor: "blue",
  primaryShade: { light: 6, dark: 3 },
  colors: { blue: BLUE },
  defaultRadius: 4,
  fontSizes: { xs: "12px", sm: "13px", md: "13.5px", lg: "15px", xl: "18px" },
  respectReducedMotion: true,
  autoContrast: true,
  cursorType: "pointer",
});

export const variables: CSSVariablesResolver = () => {
  const meanings = {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-muted)",
    "--mantine-color-placeholder": "var(--text-muted)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--surface-hover)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-anchor": "var(--link)",
  };
  return { variables: {}, light: meanings, dark: meanings };
};
