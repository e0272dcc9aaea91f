/** Examples of every shared part: its documentation, what its tests render, and what axe looks at. All names and numbers are made up. */

import { Button } from "@mantine/core";
import { useState } from "react";
import { Failure } from "@/api/client";
import { Empty, Failed, Guard, Loading } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { DemoBadge, DemoBanner } from "@/components/Demo";
import { Dialogue } from "@/components/Dialogue";
import { Chart } from "@/components/chart/Chart";
import { Figure } from "@/components/Figure";
import { Flag, FlagSteps } from "@/components/Flag";
import { FlagLegend } from "@/components/signal/FlagLegend";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { Live } from "@/components/Live";
import { Legend, PageFrame, Panel, Tabs, Totals } from "@/components/Page";
import { Receipt } from "@/components/Receipt";
import { State } from "@/components/State";
import { VirtualList } from "@/components/VirtualList";
import type { Evidence } from "@/view/evidence";
import { type GridState, PLAIN } from "@/view/grid";
import { day } from "@/words/dates";
import { FILE_OUTCOMES, LINE_OUTCOMES, LOAD_STATES, REPORT_STATES, SEVERITIES, SHEET_OUTCOMES, type Word } from "@/words/vocabulary";
import type { Shelf } from "./frame";

const EVIDENCE: Evidence = { title: "Rows of Missing pages", scope: "Example 1", value: 1327, definition: "Lines of this report that became typed rows.", asOf: "2025-11-14" };

interface Visit {
  subject: string;
  overdue: number | null;
  due: string | null;
}
const VISITS: Visit[] = Array.from({ length: 200 }, (_, index) => ({ subject: `Subject ${index + 1}`, overdue: index % 5 === 0 ? null : (index * 7) % 90, due: index % 9 === 0 ? null : "2025-11-02" }));
const VISIT_COLUMNS: GridColumn<Visit>[] = [
  { id: "subject", title: "Subject", value: (visit) => visit.subject },
  { id: "overdue", title: "Days overdue", type: "number", value: (visit) => visit.overdue },
  { id: "due", title: "Due", type: "date", value: (visit) => visit.due, text: (value) => day(String(value)) },
];

const BARS = () => ({ xAxis: { type: "category" as const, data: ["Site 1", "Site 2"] }, yAxis: { type: "value" as const }, series: [{ type: "bar" as const, data: [3, 9] }] });

function Visits({ items = VISITS }: { items?: Visit[] }) {
  const [state, setState] = useState<GridState>(PLAIN);
  return <Grid name="Visits of Example 1" noun="visit" columns={VISIT_COLUMNS} items={items} itemKey={(visit) => visit.subject} state={state} onState={setState} asOf="14 Nov 2025 (snapshot 2)" maxHeight={300} onOpen={() => undefined} />;
}

function TwoTabs() {
  const [tab, setTab] = useState("one");
  return (
    <Tabs
      label="Parts"
      value={tab}
      onValue={setTab}
      tabs={[
        { id: "one", title: "Sites", count: 12 },
        { id: "two", title: "Subjects" },
      ]}
    >
      <p>{tab === "one" ? "The sites." : "The subjects."}</p>
    </Tabs>
  );
}

function Asks() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button onClick={() => setOpened(true)}>Open</Button>
      <Dialogue name="An example" opened={opened} onClose={() => setOpened(false)} size={400}>
        <p>Esc closes.</p>
        <Button data-autofocus onClick={() => setOpened(false)}>
          Close
        </Button>
      </Dialogue>
    </>
  );
}

function Broken(): never {
  throw new Error("The panel met a value it does not know.");
}

const vocabulary = (words: Readonly<Record<string, Word>>) => (
  <Legend label="All words">
    {Object.entries(words).map(([code, word]) => (
      <span key={code}>
        <State word={word} /> {word.meaning}
      </span>
    ))}
  </Legend>
);

export const SHELVES: readonly Shelf[] = [
  {
    component: "Figure",
    rule: "A number that opens to its rows. Unknown is hatched, has its reason, and is never zero.",
    examples: [
      { name: "known", when: "A count.", show: () => <Figure evidence={EVIDENCE} /> },
      { name: "zero", when: "A true zero: the report was there and had none.", show: () => <Figure evidence={{ ...EVIDENCE, value: 0 }} /> },
      { name: "unknown", when: "The report is missing.", show: () => <Figure evidence={{ ...EVIDENCE, value: null, unknown: "No such report was delivered." }} /> },
      { name: "at least", when: "Parts are unknown.", show: () => <Figure evidence={{ ...EVIDENCE, lowerBound: true }} /> },
      { name: "unit, change and interval", when: "A measure.", show: () => <Figure evidence={{ ...EVIDENCE, value: 81.5 }} unit="days" changed={-3} interval={[77, 85]} /> },
      { name: "large", when: "The totals of a page.", show: () => <Figure size="large" evidence={EVIDENCE} /> },
    ],
  },
  {
    component: "State",
    rule: "Colour and word and shape. The word may be left out only where a legend is near.",
    examples: [
      { name: "reports", when: "The state of a report kind.", show: () => vocabulary(REPORT_STATES) },
      { name: "files", when: "What became of a file.", show: () => vocabulary(FILE_OUTCOMES) },
      { name: "sheets", when: "What became of a sheet.", show: () => vocabulary(SHEET_OUTCOMES) },
      { name: "lines", when: "What became of a line.", show: () => vocabulary(LINE_OUTCOMES) },
      { name: "severities", when: "How much a finding matters.", show: () => vocabulary(SEVERITIES) },
      { name: "loads", when: "How far a load is.", show: () => vocabulary(LOAD_STATES) },
      { name: "icon only", when: "Dense grids with a legend.", show: () => <State word={REPORT_STATES["empty"] ?? { word: "empty", tone: "none", meaning: "" }} iconOnly /> },
    ],
  },
  {
    component: "Flag",
    rule: "Red is a square, amber a triangle, none a dot, too little to say an open ring; low sides stand on a corner. Colour, shape and word.",
    examples: [
      { name: "with its word", when: "A table with room.", show: () => <Flag flag={2} state="ok" word /> },
      { name: "low", when: "Less than others is a risk too.", show: () => <Flag flag={-1} state="ok" word /> },
      { name: "short", when: "A dense grid with a legend.", show: () => <Flag flag={1} state="ok" word="short" /> },
      { name: "silent", when: "Too little data, which is no sign of health.", show: () => <Flag flag={null} state="below_accrual" word /> },
      { name: "unknown", when: "A report is missing.", show: () => <Flag flag={null} state="unknown" word /> },
      { name: "past", when: "The flags of the snapshots, oldest first.", show: () => <FlagSteps history={[null, 0, 1, 2]} /> },
      { name: "legend", when: "Under every place that shows flags without words.", show: () => <FlagLegend /> },
    ],
  },
  {
    component: "Chart",
    rule: "The title is the question it answers; the same numbers stand behind it as a table; arrow keys walk its points.",
    examples: [
      {
        name: "points",
        when: "Something is compared.",
        show: () => (
          <Chart
            title="Which site has most open queries?"
            summary="Site 2 has most, 9."
            table={{ columns: ["Site", "Open queries"], rows: [["Site 1", 3], ["Site 2", 9]] }}
            option={BARS}
            points={[2]}
            words={(_, point) => `Site ${point + 1}`}
            height={160}
          />
        ),
      },
    ],
  },
  {
    component: "Receipt",
    rule: "What was read, accepted, rejected, set aside and quarantined, as a bar that adds up.",
    examples: [
      { name: "adds up", when: "A sheet or file that was read.", show: () => <Receipt counts={{ read: 120, accepted: 100, rejected: 4, setAside: 16, quarantined: 0 }} /> },
      { name: "quarantined", when: "No contract fits.", show: () => <Receipt counts={{ read: 120, accepted: 0, rejected: 0, setAside: 0, quarantined: 120 }} /> },
      { name: "does not add up", when: "A fault of ours, said loudly.", show: () => <Receipt counts={{ read: 120, accepted: 100, rejected: 4, setAside: 6, quarantined: 0 }} /> },
      { name: "slim", when: "In a list.", show: () => <Receipt slim counts={{ read: 120, accepted: 100, rejected: 4, setAside: 16, quarantined: 0 }} /> },
    ],
  },
  {
    component: "Grid",
    rule: "Virtual lines, sticky head and first column, a filter per column, several sort columns, keyboard, export of exactly what is shown.",
    examples: [
      { name: "lines", when: "Any list.", show: () => <Visits /> },
      { name: "no line", when: "A list that is truly empty.", show: () => <Visits items={[]} /> },
    ],
  },
  {
    component: "Live",
    rule: "How fresh the screen is. New data waits until it is asked for.",
    examples: [
      { name: "fresh", when: "The server answers.", show: () => <Live changedAt={Date.now() - 12_000} silentSince={null} newer={0} onShow={() => undefined} /> },
      { name: "new data", when: "A newer snapshot was committed.", show: () => <Live changedAt={Date.now() - 600_000} silentSince={null} newer={2} onShow={() => undefined} /> },
      { name: "reconnecting", when: "The server does not answer.", show: () => <Live changedAt={Date.now() - 600_000} silentSince={Date.now() - 40_000} newer={0} onShow={() => undefined} /> },
    ],
  },
  {
    component: "Empty",
    rule: "Says what would fill the place, and offers it.",
    examples: [
      {
        name: "with a way on",
        when: "Nothing was loaded.",
        show: () => (
          <Empty title="No file yet" action={<Button>Choose a folder</Button>}>
            Drop a folder of exported spreadsheets here.
          </Empty>
        ),
      },
    ],
  },
  { component: "Loading", rule: "Keeps the layout.", examples: [{ name: "skeleton", when: "An answer is on its way.", show: () => <Loading what="the sites" rows={3} /> }] },
  {
    component: "Failed",
    rule: "What failed, since when, what still works, and a retry.",
    examples: [
      {
        name: "said by the server",
        when: "The server names the fault.",
        show: () => <Failed what="The portfolio" retry={() => undefined} cause={new Failure(503, { code: "NCDM610", what: "What is on disk does not agree with the ledger.", where: "snapshot 2", todo: "Run ncdm doctor.", request_id: "r-17" })} />,
      },
      {
        name: "caught in a panel",
        when: "A panel breaks; the page stands.",
        show: () => (
          <Guard what="The panel">
            <Broken />
          </Guard>
        ),
      },
    ],
  },
  {
    component: "Demo",
    rule: "Stands by everything that was generated.",
    examples: [
      { name: "badge", when: "Beside a name.", show: () => <DemoBadge /> },
      { name: "banner", when: "Above every page of a demo portfolio.", show: () => <DemoBanner /> },
    ],
  },
  {
    component: "Day",
    rule: "Dates read 14 Nov 2025; an assumed one says so.",
    examples: [
      { name: "known", when: "The file dates itself.", show: () => <Day iso="2025-11-14" /> },
      { name: "assumed", when: "The date follows from elsewhere.", show: () => <Day iso="2025-11-14" assumed /> },
      { name: "none", when: "No file tells one.", show: () => <Day iso={null} /> },
    ],
  },
  {
    component: "Page",
    rule: "The frame of every page: heading, totals, panels and tabs.",
    examples: [
      {
        name: "frame",
        when: "A page.",
        show: () => (
          <PageFrame title="Example 1" facts={<span>data as of 14 Nov 2025</span>}>
            <Totals items={[{ label: "Rows", figure: <Figure size="large" evidence={EVIDENCE} /> }]} />
            <Panel title="Reports">A panel.</Panel>
          </PageFrame>
        ),
      },
      { name: "tabs", when: "Parts of a page.", show: () => <TwoTabs /> },
    ],
  },
  { component: "Dialogue", rule: "Takes the keys until Esc.", examples: [{ name: "closed and opened", when: "The palette, the list of keys.", show: () => <Asks /> }] },
  {
    component: "VirtualList",
    rule: "A long list of which only what is seen is drawn.",
    examples: [
      {
        name: "rows",
        when: "The rows behind a number.",
        show: () => (
          <div style={{ display: "flex", flexDirection: "column", height: 200 }}>
            <VirtualList label="Rows" items={VISITS} itemKey={(visit) => visit.subject}>
              {(visit) => visit.subject}
            </VirtualList>
          </div>
        ),
      },
    ],
  },
];
