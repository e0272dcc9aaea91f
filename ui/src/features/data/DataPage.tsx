import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, type ReactNode } from "react";
import { useClient } from "@/api/context";
import { filesQuestion, snapshotsQuestion } from "@/api/questions";
import type { FileLine, Snapshot } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { DemoBadge } from "@/components/Demo";
import { fileColumns } from "@/components/fileColumns";
import { Grid } from "@/components/grid/Grid";
import { useOpen } from "@/components/Link";
import { PageFrame, Tabs, tableStyles as styles } from "@/components/Page";
import { State } from "@/components/State";
import { useList } from "@/components/useEvery";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { useKinds } from "@/components/useKinds";
import { useGridInUrl } from "@/view/grid";
import { moment } from "@/words/dates";
import { number } from "@/words/numbers";
import { FILE_OUTCOMES, wordFor } from "@/words/vocabulary";
import own from "./Data.module.css";
import type { Search } from "@/view/search";

/** Everything that was delivered, and every load that delivered it. */
export function DataPage({ dropZone }: { dropZone: ReactNode }) {
  const { view = "files" } = usePageSearch();
  const navigate = useNavigate();
  const client = useClient();
  const snapshots = useQuery(snapshotsQuestion(client));
  const tabs = [
    { id: "files", title: "Files" },
    { id: "loads", title: "Loads", count: snapshots.data?.total ?? null },
  ];
  return (
    <PageFrame title="Data" full facts={<span>files, receipts and loads</span>}>
      {dropZone}
      <Tabs label="Parts of Data" tabs={tabs} value={view} onValue={(next) => void navigate({ to: ".", search: (old: Search) => ({ as_of: old.as_of, view: next }) })}>
        {view === "loads" ? (
          <Answered question={snapshots} what="the loads" rows={8}>
            {(answer) => <Loads snapshots={answer.items} />}
          </Answered>
        ) : (
          <Files />
        )}
      </Tabs>
    </PageFrame>
  );
}

function Files() {
  const client = useClient();
  const asOf = useAsOf();
  const open = useOpen();
  const navigate = useNavigate();
  const { outcome } = usePageSearch();
  const [state, setState] = useGridInUrl();
  const { kinds } = useKinds();
  const columns = useMemo(() => fileColumns(kinds, true), [kinds]);
  const list = useList<FileLine>(filesQuestion(client, asOf), true);
  const shown = outcome === undefined ? list.items : list.items.filter((file) => file.outcome === outcome);
  const choose = (next: string | undefined) =>
    void navigate({ to: ".", replace: true, search: (old: Search) => ({ ...old, outcome: next }) });
  return (
    <Answered question={list} what="the files" works="Uploading, and the pages already opened." rows={10}>
      {() =>
        list.items.length === 0 ? (
          <Empty title="No file yet">
            Drop a folder of exported spreadsheets anywhere on this window, or choose it above. Each file gets a receipt: what was read, accepted, rejected and set aside.
          </Empty>
        ) : (
          <Grid
            name="Files"
            noun="file"
            fill
            columns={columns}
            items={shown}
            arriving={list.arriving}
            itemKey={(file, index) => `${file.file_id}-${index}`}
            state={state}
            onState={setState}
            asOf={asOf ? `snapshot ${asOf}` : "latest"}
            onOpen={(file) => open.file(file.file_id)}
            tools={
              <div className={own["chips"]} role="group" aria-label="Files by outcome">
                <button type="button" className={own["chip"]} aria-pressed={outcome === undefined} onClick={() => choose(undefined)}>
                  all {number(list.items.length)}
                </button>
                {Object.entries(FILE_OUTCOMES).map(([code, word]) => {
                  const count = list.items.filter((file) => file.outcome === code).length;
                  return (
                    <button key={code} type="button" className={own["chip"]} aria-pressed={outcome === code} disabled={count === 0 && outcome !== code} title={word.meaning} onClick={() => choose(outcome === code ? undefined : code)}>
                      <State word={word} bare title={word.meaning} /> {number(count)}
                    </button>
                  );
                })}
              </div>
            }
          />
        )
      }
    </Answered>
  );
}

function Loads({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const navigate = useNavigate();
  if (snapshots.length === 0) return <Empty title="Nothing was loaded yet">Each load that is committed makes a snapshot and stands here.</Empty>;
  return (
    <div className={styles["panel"]}>
      <div className={styles["scroll"]} tabIndex={0} role="group" aria-label="Loads">
        <table className={styles["plain"]}>
          <thead>
            <tr>
              <th scope="col" className={styles["n"]}>
                Snapshot
              </th>
              <th scope="col">Data as of</th>
              <th scope="col">Committed</th>
              <th scope="col" className={styles["n"]}>
                Files loaded
              </th>
              <th scope="col" className={styles["n"]}>
                Unchanged
              </th>
              <th scope="col" className={styles["n"]}>
                Refused
              </th>
              <th scope="col">Look at it</th>
            </tr>
          </thead>
          <tbody>
            {snapshots.map((snapshot) => (
              <tr key={snapshot.snapshot}>
                <td className={styles["n"]}>{snapshot.snapshot}</td>
                <td>
                  <Day iso={snapshot.as_of} /> {snapshot.demo ? <DemoBadge /> : null}
                </td>
                <td>{moment(snapshot.committed_at)}</td>
                <td className={styles["n"]}>{number(snapshot.files_loaded)}</td>
                <td className={styles["n"]}>{number(snapshot.files_unchanged)}</td>
                <td className={styles["n"]}>
                  {snapshot.files_refused > 0 ? <State word={wordFor(FILE_OUTCOMES, "refused")} bare /> : null} {number(snapshot.files_refused)}
                </td>
                <td>
                  <a
                    href={`/?as_of=${snapshot.snapshot}`}
                    onClick={(event) => {
                      event.preventDefault();
                      void navigate({ to: "/", search: { as_of: String(snapshot.snapshot) } });
                    }}
                  >
                    portfolio at snapshot {snapshot.snapshot}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
