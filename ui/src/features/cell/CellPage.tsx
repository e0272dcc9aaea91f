import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useClient } from "@/api/context";
import { cellQuestion } from "@/api/questions";
import type { CellView } from "@/api/types";
import { Answered } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { Icon } from "@/components/Icon";
import { FileLink, StudyLink, useOpen } from "@/components/Link";
import { PageFrame } from "@/components/Page";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import { type CellAddress, readRef, writeRef } from "@/words/cells";
import { number } from "@/words/numbers";
import { fileName } from "@/words/paths";
import { LINE_OUTCOMES, wordFor } from "@/words/vocabulary";
import { Became } from "./Became";
import styles from "./Cell.module.css";
import { Sheet } from "./Sheet";

/** One cell or line: the sheet around it, and the row it became. */
export function CellPage() {
  const { cellRef } = useParams({ from: "/cells/$cellRef" });
  const client = useClient();
  const question = useQuery(cellQuestion(client, cellRef, useAsOf()));
  const address = readRef(cellRef);
  const view = question.data;
  return (
    <PageFrame
      title={address === null ? "Cell" : `${address.letter === null ? "Line" : "Cell"} ${address.letter ?? ""}${address.row}`}
      full
      facts={
        view ? (
          <>
            <FileLink file={view.file.file_id} search={{ sheet: String(view.sheet.sheet) }} title={view.file.name}>
              {fileName(view.file.name)}
            </FileLink>
            <span>
              sheet {view.sheet.sheet} <b>{view.sheet.name}</b>
            </span>
            {view.file.study_id === null ? null : <StudyLink study={view.file.study_id}>{view.file.study_id}</StudyLink>}
            <span>
              as of <Day iso={view.sheet.as_of ?? view.file.as_of} assumed={view.sheet.as_of === null ? view.file.as_of_assumed : view.sheet.as_of_assumed} />
            </span>
            <span title={view.file.sha256}>
              SHA-256 <code>{view.file.sha256.slice(0, 16)}</code>
            </span>
          </>
        ) : null
      }
    >
      <Answered question={question} what={`the sheet around ${cellRef}`} rows={18}>
        {(answer) => <Around view={answer} address={address ?? { file: answer.file.file_id, sheet: answer.sheet.sheet, row: answer.row, letter: answer.column_letter }} />}
      </Answered>
    </PageFrame>
  );
}

function Around({ view, address }: { view: CellView; address: CellAddress }) {
  const open = useOpen();
  const scroller = useRef<HTMLDivElement>(null);
  const column = address.letter === null ? -1 : view.letters.indexOf(address.letter);
  const line = view.lines.find((one) => one.row === address.row);
  const cell = column >= 0 ? line?.cells[column] : undefined;
  const at = view.lines.findIndex((one) => one.row === address.row);
  const before = view.lines[at - 1];
  const after = view.lines[at + 1];
  const word = wordFor(LINE_OUTCOMES, line?.outcome ?? "");

  function go(row: number | undefined, letter: string | null) {
    if (row !== undefined) open.cell(writeRef({ ...address, row, letter }), true);
  }

  useEffect(() => {
    scroller.current?.querySelector("[data-framed]")?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [address.row, address.letter, view]);

  function press(event: React.KeyboardEvent) {
    const sideways = (step: number) => {
      const letter = column < 0 ? view.letters[0] : view.letters[column + step];
      if (letter !== undefined) go(address.row, letter);
    };
    const moves: Record<string, () => void> = {
      j: () => go(after?.row, address.letter),
      ArrowDown: () => go(after?.row, address.letter),
      k: () => go(before?.row, address.letter),
      ArrowUp: () => go(before?.row, address.letter),
      l: () => sideways(1),
      ArrowRight: () => sideways(1),
      h: () => sideways(-1),
      ArrowLeft: () => sideways(-1),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  return (
    <>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
        <span className={styles["steps"]}>
          <Button size="compact-sm" variant="default" disabled={!before} leftSection={<Icon name="up" size={14} />} onClick={() => go(before?.row, address.letter)}>
            Previous line
          </Button>
          <Button size="compact-sm" variant="default" disabled={!after} leftSection={<Icon name="down" size={14} />} onClick={() => go(after?.row, address.letter)}>
            Next line
          </Button>
        </span>
        <span>
          Line {number(address.row)} became <State word={word} />
        </span>
        {view.rejected ? (
          <span>
            {view.rejected.reason}
            {view.rejected.column ? `, in ${view.rejected.column.replaceAll("_", " ")}` : ""}
          </span>
        ) : line?.reason ? (
          <span>{line.reason}</span>
        ) : null}
      </div>
      <div className={styles["split"]}>
        <div ref={scroller} className={styles["sheet"]} tabIndex={0} role="region" aria-label={`Sheet ${view.sheet.name} around line ${address.row}`} onKeyDown={press}>
          <Sheet view={view} address={address} onCell={(row, letter) => go(row, letter)} />
        </div>
        <Became view={view} address={address} cell={cell} />
      </div>
    </>
  );
}
