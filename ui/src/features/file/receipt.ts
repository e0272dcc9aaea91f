import type { SheetReceipt } from "@/api/types";

/** Lines of a sheet recognised as no data; those of a supporting sheet repeat another sheet and are set aside whole. */
export function setAside(sheet: SheetReceipt): number {
  const classified = Object.values(sheet.set_aside).reduce((sum, lines) => sum + lines, 0);
  return classified + (sheet.outcome === "supporting" ? sheet.held : 0);
}

/** Lines kept unread because no contract fits. */
export function quarantined(sheet: SheetReceipt): number {
  return sheet.outcome === "supporting" ? 0 : sheet.held;
}
