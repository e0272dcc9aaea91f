import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useClient } from "@/api/context";
import { linesQuestion } from "@/api/questions";
import type { FileDetail, Line, SheetReceipt } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { Figure } from "@/components/Figure";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { RefLink, StudyLink, useOpen } from "@/components/Link";
import { Panel, Tabs, tableStyles as styles } from "@/components/Page";
import { Receipt } from "@/components/Receipt";
import { State } from "@/components/State";
import { useList } from "@/components/useEvery";
import { useAsOf, usePageSearch } from "@/view/asOf";
import type { Evidence } from "@/view/evidence";
import { PLAIN } from "@/view/grid";
import { columnLetters } from "@/words/cells";
import { readable } from "@/words/columns";
import { day } from "@/words/dates";
import { counted, number } from "@/words/numbers";
import { fileName } from "@/words/paths";
import { HEADER_MATCH, LINE_OUTCOMES, SHEET_OUTCOMES, wordFor } from "@/words/vocabulary";
import own from "./File.module.css";
import { quarantined, setAside } from "./receipt";
import type { Search } from "@/view/search";

function ofSheet(file: FileDetail, sheet: SheetReceipt, title: string, value: number, meaning: string, outcome?: string): Evidence {
  return {
    title,
    scope: `${fileName(file.name)}, sheet ${sheet.sheet} ${sheet.name}`,
    value,
    definition: meaning,
    asOf: sheet.as_of,
    asOfAssumed: sheet.as_of_assumed,
    sources: [{ of: "lines", file: file.file_id, sheet: sheet.sheet, ...(outcome ? { outcome } : {}), label: "Lines" }],
  };
}

/** One sheet: its receipt, how its header was understood, and each of its lines. */
export function SheetPart({ file, sheet }: { file: FileDetail; sheet: SheetReceipt }) {
  const { view } = usePageSearch();
  const navigate = useNavigate();
  const part = view === "header" ? "header" : "lines";
  const figure = (title: string, value: number, meaning: string, outcome?: string) => <Figure evidence={ofSheet(file, sheet, title, value, meaning, outcome)} />;
  const wanted = sheet.columns.length === 0 && sheet.wanted.length > 0;
  const counts = { read: sheet.read, accepted: sheet.accepted, rejected: sheet.rejected, setAside: setAside(sheet), quarantined: quarantined(sheet) };
  return (
    <div className={own["part"]}>
      <Panel title={`Sheet ${sheet.sheet}: ${sheet.name}`} aside={<State word={wordFor(SHEET_OUTCOMES, sheet.outcome)} />}>
        <Receipt
          counts={counts}
          show={{
            read: figure("Lines read", sheet.read, "Every line of the sheet, blank ones included."),
            accepted: figure("Accepted lines", sheet.accepted, "Lines that became typed rows.", "accepted"),
            rejected: figure("Rejected lines", sheet.rejected, "Lines that look like data but break the contract.", "rejected"),
          }}
        />
        <dl className={own["facts"]} style={{ marginTop: 10 }}>
          {sheet.reason !== null ? (
            <>
              <dt>Reason</dt>
              <dd>{sheet.reason}</dd>
            </>
          ) : null}
          {sheet.nearest !== null ? (
            <>
              <dt>Nearest contract</dt>
              <dd>{sheet.nearest}</dd>
            </>
          ) : null}
          {sheet.todo !== null ? (
            <>
              <dt>What to do</dt>
              <dd className={own["wide"]}>{sheet.todo}</dd>
            </>
          ) : null}
          {sheet.table !== null ? (
            <>
              <dt>Fills the table</dt>
              <dd>{file.study_id === null ? sheet.table : <StudyLink study={file.study_id} search={{ view: "rows", table: sheet.table }}>{sheet.table.replaceAll("_", " ")}</StudyLink>}</dd>
            </>
          ) : null}
          <dt>As of</dt>
          <dd>
            <Day iso={sheet.as_of} assumed={sheet.as_of_assumed} />
          </dd>
          {setAside(sheet) > 0 ? (
            <>
              <dt>Set aside</dt>
              <dd>
                {Object.entries(sheet.set_aside)
                  .filter(([, lines]) => lines > 0)
                  .map(([name, lines]) => `${number(lines)} ${name}`)
                  .concat(sheet.outcome === "supporting" && sheet.held > 0 ? [`${number(sheet.held)} repeated elsewhere`] : [])
                  .join(", ")}
              </dd>
            </>
          ) : null}
          {sheet.header_rows.length > 0 ? (
            <>
              <dt>Header</dt>
              <dd>
                {sheet.header_rows.length === 1 ? "line" : "lines"} {sheet.header_rows.join(", ")}
              </dd>
            </>
          ) : null}
          {sheet.scrubbed > 0 ? (
            <>
              <dt>Scrubbed</dt>
              <dd>{counted(sheet.scrubbed, "residual identifier")} removed at the door; only their number is kept</dd>
            </>
          ) : null}
          {sheet.missing_columns.length > 0 ? (
            <>
              <dt>Missing columns</dt>
              <dd>{sheet.missing_columns.map((name) => name.replaceAll("_", " ")).join(", ")}: unknown in every row</dd>
            </>
          ) : null}
        </dl>
      </Panel>
      <Tabs
        label="Parts of the sheet"
        value={part}
        onValue={(next) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ as_of: old.as_of, sheet: String(sheet.sheet), view: next }) })}
        tabs={[
          { id: "lines", title: "What each line became", count: sheet.read },
          wanted ? { id: "header", title: `The columns of ${sheet.nearest ?? "the nearest contract"}`, count: sheet.wanted.length } : { id: "header", title: "How the header was understood", count: sheet.columns.length },
        ]}
      >
        {part === "header" ? wanted ? <Wanted sheet={sheet} /> : <Header sheet={sheet} /> : <Lines file={file} sheet={sheet} />}
      </Tabs>
    </div>
  );
}

function Header({ sheet }: { sheet: SheetReceipt }) {
  if (sheet.columns.length === 0) return <Empty title="No header was recognised">Without a header no column of this sheet has a meaning; its lines are kept as they stand.</Empty>;
  const ignored = sheet.columns.filter((column) => column.column === null).length;
  return (
    <Panel title="Header" aside={`${counted(sheet.columns.length, "column")}, ${number(ignored)} not in the contract`} padded={false}>
        <table className={styles["plain"]}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">In the file</th>
              <th scope="col">Understood as</th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {sheet.columns.map((column) => (
              <tr key={column.letter} className={column.column === null ? own["ignored"] : ""}>
                <td>
                  <code>{column.letter}</code>
                </td>
                <td style={{ whiteSpace: "pre-wrap" }}>{column.header === "" ? <span className="quiet">no text</span> : column.header}</td>
                <td>{column.column === null ? "not loaded" : readable(column.column)}</td>
                <td>
                  {column.how}
                  <span className="quiet">: {HEADER_MATCH[column.how] ?? ""}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
    </Panel>
  );
}

/** The columns that the nearest contract knows, to compare the header of a quarantined sheet with. */
function Wanted({ sheet }: { sheet: SheetReceipt }) {
  return (
    <Panel title={sheet.nearest ?? "Nearest contract"} aside="a sheet is recognised when all its telling columns are there, in one of these spellings or close to it" padded={false}>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Spellings seen</th>
            <th scope="col">Telling</th>
          </tr>
        </thead>
        <tbody>
          {sheet.wanted.map((column) => (
            <tr key={column.title}>
              <td>{column.title}</td>
              <td className={own["spellings"]}>{column.spellings.join(" \u00b7 ")}</td>
              <td>{column.telling ? "must be there" : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function choicesOf(sheet: SheetReceipt): { outcome: string; lines: number }[] {
  const choices = [
    { outcome: "rejected", lines: sheet.rejected },
    { outcome: "accepted", lines: sheet.accepted },
    ...Object.entries(sheet.set_aside).map(([outcome, lines]) => ({ outcome, lines })),
    { outcome: "held", lines: sheet.held },
  ];
  return choices.filter((choice) => choice.lines > 0);
}

function Lines({ file, sheet }: { file: FileDetail; sheet: SheetReceipt }) {
  const { lines: asked } = usePageSearch();
  const navigate = useNavigate();
  const open = useOpen();
  const client = useClient();
  const [state, setState] = useState(PLAIN);
  const choices = choicesOf(sheet);
  const outcome = choices.some((choice) => choice.outcome === asked) ? asked : asked === "all" ? undefined : choices[0]?.outcome === "rejected" ? "rejected" : undefined;
  const list = useList<Line>(linesQuestion(client, file.file_id, sheet.sheet, useAsOf(), outcome), false);
  const wide = Math.max(sheet.columns.length, ...list.items.slice(0, 200).map((line) => line.cells.length), 1);
  const columns = useMemo(
    (): GridColumn<Line>[] => [
      { id: "row", title: "Line", type: "number", width: 72, value: (line) => line.row, render: (line) => <RefLink to={line.ref}>{number(line.row)}</RefLink> },
      { id: "outcome", title: "Became", width: 108, value: (line) => line.outcome, render: (line) => <State word={wordFor(LINE_OUTCOMES, line.outcome)} /> },
      { id: "reason", title: "Reason", width: outcome === "rejected" ? 320 : 150, value: (line) => line.reason, render: (line) => <span title={line.reason ?? ""}>{line.reason ?? ""}</span> },
      ...Array.from({ length: wide }, (_, index): GridColumn<Line> => {
        const letter = columnLetters(index + 1);
        const header = sheet.columns.find((column) => column.letter === letter);
        return {
          id: letter,
          title: header && header.header !== "" ? `${letter}  ${header.header}` : letter,
          width: 128,
          value: (line) => line.cells[index] ?? null,
          render: (line) => <span title={line.cells[index] ?? ""}>{line.cells[index] ?? ""}</span>,
        };
      }),
    ],
    [sheet, wide, outcome],
  );
  const choose = (next: string) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ as_of: old.as_of, sheet: String(sheet.sheet), lines: next }) });
  const chips = (
    <div className={own["chips"]} role="group" aria-label="Lines by what they became">
      <button type="button" className={own["chip"]} aria-pressed={outcome === undefined} onClick={() => choose("all")}>
        all {number(sheet.read)}
      </button>
      {choices.map((choice) => (
        <button key={choice.outcome} type="button" className={own["chip"]} aria-pressed={outcome === choice.outcome} onClick={() => choose(choice.outcome)}>
          <State word={wordFor(LINE_OUTCOMES, choice.outcome)} bare /> {number(choice.lines)}
        </button>
      ))}
    </div>
  );
  return (
    <section aria-label="Lines">
      <Answered question={list} what="the lines" rows={8}>
        {() => (
          <Grid
            name={`${fileName(file.name)} sheet ${sheet.sheet} lines${outcome ? ` ${outcome}` : ""}`}
            noun="line"
            columns={columns}
            items={list.items}
            arriving={list.arriving}
            itemKey={(line) => String(line.row)}
            state={state}
            onState={setState}
            asOf={file.as_of ? day(file.as_of) : "no date"}
            maxHeight={560}
            onOpen={(line) => open.cell(line.ref)}
            onNearEnd={list.more}
            tools={chips}
          />
        )}
      </Answered>
    </section>
  );
}
