import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { tablesQuestion } from "@/api/questions";
import type { CellView, SourceCell, TableLine } from "@/api/types";
import { StudyLink } from "@/components/Link";
import { Panel } from "@/components/Page";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import type { CellAddress } from "@/words/cells";
import { readable, sourceOf } from "@/words/columns";
import { stamp } from "@/words/dates";
import { number } from "@/words/numbers";
import { HEADER_MATCH, LINE_OUTCOMES, wordFor } from "@/words/vocabulary";
import styles from "./Cell.module.css";

/** On the right of the sheet: the cell itself, and the typed row its line became, or why it became none. */
export function Became({ view, address, cell }: { view: CellView; address: CellAddress; cell: SourceCell | undefined }) {
  const header = view.sheet.columns.find((column) => column.letter === address.letter);
  const table = useTable(view);
  const understood = table?.columns.find((column) => column.name === header?.column)?.title ?? readable(header?.column ?? "");
  return (
    <div className={styles["side"]}>
      {address.letter === null ? null : (
        <Panel title={`Cell ${address.letter}${address.row}`} aside={header ? header.header : undefined} padded={false}>
          <div className={styles["value"]} tabIndex={0} role="region" aria-label="Text of the cell">
            {cell?.error ? `${cell.error} (error cell)` : cell?.text === null || cell === undefined ? <span className="quiet">empty</span> : cell.text}
          </div>
          {header ? (
            <p className="quiet" style={{ padding: "0 12px 8px" }}>
              {header.column === null ? "Not in the contract: kept in the raw file only." : `Understood as ${understood}: ${HEADER_MATCH[header.how] ?? header.how}.`}
            </p>
          ) : null}
        </Panel>
      )}
      <Row view={view} lit={header?.column ?? null} />
    </div>
  );
}

/** How the table that the sheet fills names its columns. */
function useTable(view: CellView): TableLine | undefined {
  const client = useClient();
  const study = view.file.study_id;
  const tables = useQuery({ ...tablesQuestion(client, study ?? "", useAsOf()), enabled: study !== null });
  return tables.data?.find((one) => one.table === (view.became?.table ?? view.sheet.table));
}

function Row({ view, lit }: { view: CellView; lit: string | null }) {
  const table = useTable(view);
  const study = view.file.study_id;
  const line = view.lines.find((one) => one.row === view.row);
  const { became, rejected } = view;
  if (rejected)
    return (
      <Panel title="Rejected">
        <State word={wordFor(LINE_OUTCOMES, "rejected")} /> {rejected.reason}
        {rejected.column ? <p className="quiet">Column {rejected.column.replaceAll("_", " ")}</p> : null}
        <p className="quiet">The line is kept with its reason and counts as rejected in the receipt; no row was made of it.</p>
      </Panel>
    );
  if (!became)
    return (
      <Panel title="No row">
        <State word={wordFor(LINE_OUTCOMES, line?.outcome ?? "")} /> <span className="quiet">{wordFor(LINE_OUTCOMES, line?.outcome ?? "").meaning}</span>
      </Panel>
    );
  const title = table?.title ?? became.table.replaceAll("_", " ");
  const names = new Set(Object.keys(became.cells));
  const columns = new Map(table?.columns.map((column) => [column.name, column]));
  return (
    <Panel title="The row it became" aside={study === null ? title : <StudyLink study={study} search={{ view: "rows", table: became.table }}>{title}</StudyLink>} padded={false}>
      <dl className={styles["fields"]}>
        {Object.entries(became.cells).map(([name, value]) => {
          const column = columns.get(name);
          const typed = sourceOf(name, names);
          // The cell's own text is worth a line only where it is not what the value says anyway.
          if (typed !== null && (value === null || String(value) === String(became.cells[typed]))) return null;
          const text = typeof value === "number" ? number(value) : typeof value === "string" && /date|time/.test(column?.type ?? "") ? stamp(value) : String(value);
          const light = name === lit || typed === lit ? styles["lit"] : "";
          return [
            <dt key={`${name} name`} className={light} title={column?.cdisc ? `CDISC ${column.cdisc}` : name}>
              {column?.title ?? readable(name)}
            </dt>,
            <dd key={name} className={light}>
              {value === null ? <span className="quiet">unknown</span> : text}
              {value !== null && column?.unit ? <span className="quiet"> {column.unit}</span> : null}
            </dd>,
          ];
        })}
      </dl>
    </Panel>
  );
}
