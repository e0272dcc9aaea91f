/** References as people read them: column letters, and the parts of `sha16:sheet:B12`. */

export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

export interface CellAddress {
  file: string;
  sheet: number;
  row: number;
  letter: string | null;
}

const REF = /^([0-9a-f]{8,64}):(\d{1,4}):([A-Z]{1,3})?(\d{1,7})$/;

/** `sha16:sheet:row` or `sha16:sheet:B12`; null when the text is neither. */
export function readRef(text: string): CellAddress | null {
  const found = REF.exec(text.trim());
  if (!found) return null;
  return { file: found[1] ?? "", sheet: Number(found[2]), letter: found[3] ?? null, row: Number(found[4]) };
}

export function writeRef({ file, sheet, row, letter }: CellAddress): string {
  return `${file}:${sheet}:${letter ?? ""}${row}`;
}
