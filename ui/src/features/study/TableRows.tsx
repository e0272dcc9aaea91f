import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { everyItem, type RowsAsked, rowsPath, rowsQuestion } from "@/api/questions";
import type { Column, Row, Study, TableLine } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { RefLink, useOpen } from "@/components/Link";
import { useList } from "@/components/useEvery";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { type GridState, useGridInUrl, writeFilter, writeSort } from "@/view/grid";
import { sourceOf } from "@/words/columns";
import { day, stamp } from "@/words/dates";
import { number } from "@/words/numbers";
import type { Search } from "@/view/search";

/** The rows of one table, each with the way to its line in the file. */
export function TableRows({ study, tables }: { study: Study; tables: readonly TableLine[] }) {
  const { table } = usePageSearch();
  const chosen = tables.find((one) => one.table === table) ?? tables[0];
  if (!chosen) return <Empty title="No table has rows">Reports that are read and accepted fill tables; none of this study did.</Empty>;
  return <Rows key={chosen.table} study={study} table={chosen} tables={tables} />;
}

/** Up to this many rows the page holds the whole table and sorts and filters it itself; beyond, the server does, by one column and by whole values. */
const HELD_WHOLE = 4_000;

/** The grid's state in the server's words. */
function askOf(state: GridState, table: TableLine): RowsAsked {
  const known = new Set(table.columns.map((column) => column.name));
  const [sort] = state.sort.filter((one) => known.has(one.id));
  const filter = state.filter.filter((one) => known.has(one.id)).map(({ id, value }) => ({ id, value: value === "?" ? "" : value.replace(/^=/, "") }));
  return { ...(sort ? { sort: writeSort([sort]) } : {}), ...(filter.length > 0 ? { filter: writeFilter(filter) } : {}) };
}

/** Files write numbers as text; only columns that the contract calls numbers are aligned and sorted as such. */
const NUMBERS = new Set(["int", "integer", "number", "decimal", "float", "count", "days"]);

function typeOf(column: Column): "text" | "number" | "date" {
  const type = column.type.toLowerCase();
  if (type.includes("date") || type.includes("time")) return "date";
  return NUMBERS.has(type) ? "number" : "text";
}

function widthOf(column: Column): number {
  const type = typeOf(column);
  if (column.type === "timestamp") return 150;
  if (type === "date") return 116;
  const words = Math.min(220, Math.max(type === "number" ? 96 : 118, column.title.length * 6.4 + 28));
  return Math.round(type === "number" ? Math.min(words, 140) : words);
}

function Rows({ study, table, tables }: { study: Study; table: TableLine; tables: readonly TableLine[] }) {
  const client = useClient();
  const asOf = useAsOf();
  const open = useOpen();
  const navigate = useNavigate();
  const [state, setState] = useGridInUrl();
  const whole = table.rows <= HELD_WHOLE;
  const asked = whole ? {} : askOf(state, table);
  const list = useList<Row>(rowsQuestion(client, study.study_id, table.table, asOf, asked), whole);
  const columns = useMemo((): GridColumn<Row>[] => {
    const names = new Set(table.columns.map((column) => column.name));
    return [
      { id: "ref", title: "Line", width: 84, hint: "Sheet and line in the file; opens the sheet around it", value: (row) => row.ref, render: (row) => <RefLink to={row.ref} /> },
      ...table.columns.map(
        (column): GridColumn<Row> => ({
          id: column.name,
          title: column.title,
          hint: [column.title, column.unit ? `in ${column.unit}` : "", column.cdisc ? `CDISC ${column.cdisc}` : ""].filter((one) => one !== "").join(", "),
          type: typeOf(column),
          width: widthOf(column),
          value: (row) => row.cells[column.name] ?? null,
          ...(typeOf(column) === "date" ? { text: (value) => stamp(String(value)) } : {}),
          background: sourceOf(column.name, names) !== null,
        }),
      ),
    ];
  }, [table]);
  return (
    <Answered question={list} what={`the rows of ${table.title}`} rows={12}>
      {() => (
        <Grid
          name={`${study.study_id} ${table.title}`}
          noun="row"
          fill
          columns={columns}
          items={list.items}
          itemKey={(row) => row.ref}
          state={state}
          onState={setState}
          asOf={study.as_of ? day(study.as_of) : "no date"}
          onOpen={(row) => open.cell(row.ref)}
          arriving={whole ? list.arriving : 0}
          {...(whole
            ? {}
            : {
                server: {
                  total: list.total,
                  more: list.hasMore,
                  loading: list.isFetching,
                  onMore: list.more,
                  everything: () => everyItem<Row>(client, rowsPath(study.study_id, table.table), { as_of: asOf, ...asked }),
                },
              })}
          tools={
            <label style={{ display: "inline-flex", gap: 8, alignItems: "center" }}>
              <span className="quiet">Table</span>
              <select
                value={table.table}
                style={{ height: 26, maxWidth: 320, borderRadius: 4, border: "1px solid var(--line-strong)", background: "var(--surface)", color: "var(--text)", font: "inherit", padding: "0 6px" }}
                onChange={(event) =>
                  void navigate({ to: ".", search: (old: Search) => ({ as_of: old.as_of, view: "rows", table: event.target.value }) })
                }
              >
                {tables.map((one) => (
                  <option key={one.table} value={one.table}>
                    {one.title} ({number(one.rows)})
                  </option>
                ))}
              </select>
            </label>
          }
        />
      )}
    </Answered>
  );
}
