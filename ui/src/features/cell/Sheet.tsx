import type { CellView } from "@/api/types";
import { State } from "@/components/State";
import type { CellAddress } from "@/words/cells";
import { LINE_OUTCOMES, wordFor } from "@/words/vocabulary";
import styles from "./Cell.module.css";

/** The lines around the cell as they stand in the file: letters, line numbers, header tinted, the cell framed. */
export function Sheet({ view, address, onCell }: { view: CellView; address: CellAddress; onCell: (row: number, letter: string) => void }) {
  const headers = new Map(view.sheet.columns.map((column) => [column.letter, column]));
  const headerRows = new Set(view.sheet.header_rows);
  return (
    <table className={styles["table"]}>
      <thead>
        <tr className={styles["letters"]}>
          <th scope="col" className={styles["no"]}>
            <span className="unseen">Line</span>
          </th>
          <th scope="col" className={styles["mark"]}>
            <span className="unseen">What the line became</span>
          </th>
          {view.letters.map((letter) => (
            <th key={letter} scope="col">
              {letter}
            </th>
          ))}
        </tr>
        {headers.size > 0 ? (
          <tr className={styles["names"]}>
            <th className={styles["no"]} title={`Header: line ${view.sheet.header_rows.join(", ")}`}>
              {view.sheet.header_rows.at(-1) ?? ""}
            </th>
            <th className={styles["mark"]}>header</th>
            {view.letters.map((letter) => (
              <th key={letter} title={headers.get(letter)?.header ?? ""}>
                {headers.get(letter)?.header ?? ""}
              </th>
            ))}
          </tr>
        ) : null}
      </thead>
      <tbody>
        {view.lines.map((line) => {
          const here = line.row === address.row;
          const word = wordFor(LINE_OUTCOMES, line.outcome);
          const classes = [
            headerRows.has(line.row) ? styles["header"] : "",
            line.outcome === "rejected" ? styles["rejectedLine"] : "",
            word.tone === "none" && !headerRows.has(line.row) ? styles["aside"] : "",
            here ? styles["here"] : "",
          ];
          return (
            <tr key={line.row} className={classes.join(" ")} aria-current={here ? "true" : undefined}>
              <th scope="row" className={styles["no"]}>
                {line.row}
              </th>
              <td className={styles["mark"]} title={line.reason ?? word.meaning}>
                <State word={word} bare />
              </td>
              {view.letters.map((letter, index) => {
                const cell = line.cells[index];
                const framed = here && letter === address.letter;
                return (
                  <td
                    key={letter}
                    title={cell?.error ? `Error cell ${cell.error}` : (cell?.text ?? "")}
                    className={`${framed ? (styles["framed"] ?? "") : ""} ${letter === address.letter && !here ? (styles["inColumn"] ?? "") : ""} ${cell?.error ? (styles["error"] ?? "") : ""}`}
                    {...(framed || (here && address.letter === null && index === 0) ? { "data-framed": "" } : {})}
                  >
                    <button type="button" tabIndex={-1} aria-label={`${letter}${line.row}: ${cell?.error ?? cell?.text ?? "empty"}`} onClick={() => onCell(line.row, letter)}>
                      {cell?.error ?? cell?.text ?? "\u00a0"}
                    </button>
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
