/** The table people work in all day: virtual lines, keyboard first, one filter per column, export of exactly what is shown. */

import { Checkbox, Popover } from "@mantine/core";
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { counted, number } from "@/words/numbers";
import { type GridState } from "@/view/grid";
import { useView } from "@/view/store";
import { Icon } from "../Icon";
import { InGrid } from "../surroundings";
import { compare, matches, type GridColumn } from "./columns";
import { useExports } from "./Exports";
import { FilterField } from "./FilterField";
import styles from "./Grid.module.css";
import { cellId, Line, shown } from "./Line";

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
});

/** Lists too long to hold: the server sorts and filters, and hands out page after page. */
export interface ServerSide<Item> {
  total: number;
  more: boolean;
  loading: boolean;
  onMore: () => void;
  everything: () => Promise<Item[]>;
}

export interface GridProps<Item extends object> {
  /** What the lines are, for the label, the export's name and screen readers. */
  name: string;
  noun: string;
  plural?: string;
  columns: readonly GridColumn<Item>[];
  items: readonly Item[];
  itemKey: (item: Item, index: number) => string;
  state: GridState;
  onState: (next: GridState) => void;
  /** Written into the export. */
  asOf: string;
  onOpen?: (item: Item) => void;
  server?: ServerSide<Item>;
  rowHeight?: number;
  /** Fill the height that is left instead of growing with the lines. */
  fill?: boolean;
  maxHeight?: number;
  tools?: ReactNode;
  empty?: ReactNode;
  /** Lines still to come, for lists fetched in pages. */
  arriving?: number;
  /** Called as the end of the lines that are here comes near, for a list that is fetched as it is scrolled. */
  onNearEnd?: () => void;
}

const DEFAULT_WIDTHS = { number: 92, date: 108, text: 160 } as const;

/** The items that every filter keeps. The table library asks for a column anew at every value, which 5,000 lines feel; this asks once. */
function kept<Item>(items: readonly Item[], filter: GridState["filter"], byId: ReadonlyMap<string, GridColumn<Item>>): Item[] {
  const asked = filter.flatMap(({ id, value }) => {
    const column = byId.get(id);
    return column === undefined ? [] : [{ column, value }];
  });
  return items.filter((item) =>
    asked.every(({ column, value }) => {
      const found = column.value(item);
      return matches(found, column.said?.(item) ?? shown(found, column), value);
    }),
  );
}

export function Grid<Item extends object>(props: GridProps<Item>) {
  const { name, noun, plural = `${props.noun}s`, columns, items, itemKey, state, onState, asOf, onOpen, server, fill = false, maxHeight = 640, tools, empty, arriving = 0, onNearEnd } = props;
  const density = useView((view) => view.density);
  const rowHeight = (props.rowHeight ?? 32) + (density === "comfortable" ? 8 : 0);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<{ row: number; column: number } | null>(null);
  const [filtering, setFiltering] = useState(state.filter.length > 0);

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, Item> => ({
          id: column.id,
          accessorFn: (item) => column.value(item) ?? undefined,
          sortUndefined: "last",
          sortDescFirst: column.descFirst ?? column.type === "number",
          sortFn: (a, b, columnId) => compare(a.getValue(columnId), b.getValue(columnId)),
        }),
      ),
    [columns],
  );
  const sorting = useMemo(() => state.sort.filter((one) => byId.has(one.id)).map((one) => ({ ...one })), [state.sort, byId]);
  const hide = useMemo(() => state.hide ?? columns.filter((column) => column.background).map((column) => column.id), [state.hide, columns]);
  const columnVisibility = useMemo(() => Object.fromEntries(hide.map((one) => [one, false])), [hide]);
  const held = server === undefined;
  const data = useMemo(() => (held ? kept(items, state.filter, byId) : [...items]), [held, items, state.filter, byId]);

  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: itemKey,
    state: { sorting, columnVisibility },
    onSortingChange: (update) => onState({ ...state, sort: typeof update === "function" ? update(sorting) : update }),
    manualSorting: server !== undefined,
    maxMultiSortColCount: server === undefined ? 4 : 1,
  });

  const visible = useMemo(() => columns.filter((column) => !hide.includes(column.id)), [columns, hide]);
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);

  const lines = virtual.getVirtualItems();
  const lastLine = lines.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastLine < rows.length - 30) return;
    if (server?.more && !server.loading) server.onMore();
    if (arriving > 0) onNearEnd?.();
  }, [server, lastLine, rows.length, arriving, onNearEnd]);

  const widths = visible.map((column) => column.width ?? DEFAULT_WIDTHS[column.type ?? "text"]);
  const template = widths.map((width, index) => (index === visible.length - 1 && visible[index]?.type !== "number" ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ");
  // lines are as wide as their columns, else a pinned cell would leave the screen with the edge of its line
  const across = `max(100%, ${widths.reduce((sum, width) => sum + width, 0)}px)`;

  function setFilter(column: string, value: string) {
    const others = state.filter.filter((one) => one.id !== column);
    onState({ ...state, filter: value === "" ? others : [...others, { id: column, value }] });
  }

  const activate = useCallback((row: number, column: number) => setActive({ row, column }), []);
  const opening = useRef(onOpen);
  useEffect(() => {
    opening.current = onOpen;
  });
  const openItem = useCallback((item: Item) => opening.current?.(item), []);

  function go(row: number, column: number) {
    const next = { row: Math.min(Math.max(row, 0), rows.length - 1), column: Math.min(Math.max(column, 0), visible.length - 1) };
    if (rows.length === 0) return;
    setActive(next);
    virtual.scrollToIndex(next.row);
    requestAnimationFrame(() => document.getElementById(cellId(id, next.row, next.column))?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  function press(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = active ?? { row: -1, column: 0 };
    const screen = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 2);
    const moves: Record<string, () => void> = {
      j: () => go(at.row + 1, at.column),
      ArrowDown: () => go(at.row + 1, at.column),
      k: () => go(at.row - 1, at.column),
      ArrowUp: () => go(at.row - 1, at.column),
      l: () => go(at.row, at.column + 1),
      ArrowRight: () => go(at.row, at.column + 1),
      h: () => go(at.row, at.column - 1),
      ArrowLeft: () => go(at.row, at.column - 1),
      PageDown: () => go(at.row + screen, at.column),
      PageUp: () => go(at.row - screen, at.column),
      Home: () => go(0, 0),
      End: () => go(rows.length - 1, at.column),
      Enter: () => open(at),
      e: () => evidence(at),
    };
    const move = moves[event.key];
    if (!move || (event.key === "Enter" && event.target !== event.currentTarget)) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  function open(at: { row: number; column: number }) {
    const inside = document.getElementById(cellId(id, at.row, at.column))?.querySelector<HTMLElement>("a, button");
    const row = rows[at.row];
    if (at.column > 0 && inside) inside.click();
    else if (row && onOpen) onOpen(row.original);
    else inside?.click();
  }

  function evidence(at: { row: number; column: number }) {
    const cell = document.getElementById(cellId(id, at.row, at.column));
    const figure = cell?.querySelector<HTMLElement>("[data-evidence]") ?? cell?.parentElement?.querySelector<HTMLElement>("[data-evidence]");
    figure?.click();
  }

  const { buttons, failed } = useExports<Item>({ name, asOf, columns: visible, all: columns, state, items: () => (server ? server.everything() : rows.map((row) => row.original)) });

  const whole = server?.total ?? items.length + arriving;
  const count = server === undefined && rows.length !== items.length ? `${number(rows.length)} of ${counted(whole, noun, plural)}` : counted(whole, noun, plural);
  const bodyHeight = virtual.getTotalSize();

  return (
    <div className={`${styles["frame"] ?? ""} ${fill ? (styles["fill"] ?? "") : ""}`}>
      <div className={styles["bar"]} role="group" aria-label={`${name}: tools`}>
        <div className={styles["tools"]}>{tools ?? <h2>{name}</h2>}</div>
        <span className={styles["count"]} role="status">
          {count}
          {arriving > 0 ? `, ${number(items.length)} here so far` : ""}
          {server && state.filter.length > 0 ? " (filtered)" : ""}
        </span>
        {state.filter.length > 0 ? (
          <button type="button" className={styles["tool"]} onClick={() => onState({ ...state, filter: [] })}>
            Clear {counted(state.filter.length, "filter")}
          </button>
        ) : null}
        <button type="button" className={styles["tool"]} aria-pressed={filtering} onClick={() => setFiltering(!filtering)}>
          <Icon name="filter" size={14} /> Filter
        </button>
        <Popover position="bottom-end" trapFocus withinPortal transitionProps={{ duration: 0 }}>
          <Popover.Target>
            <button type="button" className={styles["tool"]}>
              <Icon name="columns" size={14} /> Columns{hide.length > 0 ? ` (${hide.length} hidden)` : ""}
            </button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Columns shown">
            <div className={styles["choices"]}>
              {columns.slice(1).map((column) => (
                <Checkbox
                  key={column.id}
                  size="xs"
                  label={column.title}
                  checked={!hide.includes(column.id)}
                  onChange={(event) =>
                    onState({ ...state, hide: event.currentTarget.checked ? hide.filter((one) => one !== column.id) : [...hide, column.id] })
                  }
                />
              ))}
            </div>
          </Popover.Dropdown>
        </Popover>
        {buttons}
      </div>
      {failed}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={name}
        aria-rowcount={whole + 1}
        aria-colcount={visible.length}
        aria-activedescendant={active && rows.length > 0 ? cellId(id, active.row, active.column) : undefined}
        className={styles["scroller"]}
        style={{ ["--columns" as string]: template, ...(fill ? {} : { maxHeight }) }}
        onKeyDown={press}
        onFocus={(event) => {
          if (event.target === event.currentTarget && active === null && rows.length > 0) setActive({ row: 0, column: 0 });
        }}
      >
        <div role="rowgroup" className={styles["head"]} style={{ width: across }}>
          <div role="row" aria-rowindex={1} className={styles["line"]}>
            {visible.map((column, index) => {
              const place = sorting.findIndex((one) => one.id === column.id);
              const sorted = sorting[place];
              const classes = [styles["headCell"], column.type === "number" ? styles["number"] : "", index === 0 ? styles["pinned"] : "", sorted ? styles["sorted"] : ""];
              return (
                <div key={column.id} role="columnheader" aria-colindex={index + 1} aria-sort={sorted ? (sorted.desc ? "descending" : "ascending") : "none"} className={classes.join(" ")}>
                  <button
                    type="button"
                    tabIndex={-1}
                    className={styles["headButton"]}
                    title={`${column.hint ?? column.title}. Click sorts; with Shift, adds to the sort.`}
                    onClick={(event) => table.getColumn(column.id)?.toggleSorting(undefined, event.shiftKey)}
                  >
                    <span>{column.title}</span>
                    {sorted ? (
                      <span className={styles["mark"]}>
                        <Icon name={sorted.desc ? "down" : "up"} size={12} />
                        {sorting.length > 1 ? place + 1 : ""}
                      </span>
                    ) : null}
                  </button>
                  {column.beneath}
                </div>
              );
            })}
          </div>
          {filtering ? (
            <div role="row" className={styles["line"]}>
              {visible.map((column, index) => (
                <div key={column.id} role="gridcell" aria-colindex={index + 1} className={`${styles["filterCell"] ?? ""} ${index === 0 ? (styles["pinned"] ?? "") : ""}`}>
                  <FilterField title={column.title} whole={server !== undefined} value={state.filter.find((one) => one.id === column.id)?.value ?? ""} onValue={(value) => setFilter(column.id, value)} />
                </div>
              ))}
            </div>
          ) : null}
        </div>
        <InGrid value={true}>
          <div role="rowgroup" className={styles["body"]} style={{ width: across, height: bodyHeight }}>
            {lines.map((line) => {
              const row = rows[line.index];
              if (!row) return null;
              return (
                <Line
                  key={line.index}
                  grid={id}
                  item={row.original}
                  row={line.index}
                  start={line.start}
                  height={rowHeight}
                  columns={visible}
                  active={active?.row === line.index ? active.column : null}
                  onActive={activate}
                  onOpen={openItem}
                />
              );
            })}
          </div>
        </InGrid>
      </div>
      {rows.length === 0 ? (
        server?.loading ? (
          <div className={styles["foot"]} role="status">
            Loading
          </div>
        ) : (
          (empty ?? <div className={styles["foot"]}>{state.filter.length > 0 ? `No ${noun} matches the filters.` : `No ${noun} here.`}</div>)
        )
      ) : null}
    </div>
  );
}
