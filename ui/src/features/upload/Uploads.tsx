import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Failure } from "@/api/client";
import { useClient } from "@/api/context";
import { loadQuestion } from "@/api/questions";
import type { Load, LoadedFile, LoadStarted } from "@/api/types";
import { Icon } from "@/components/Icon";
import { FileLink } from "@/components/Link";
import { State } from "@/components/State";
import { useView } from "@/view/store";
import { counted, number } from "@/words/numbers";
import { fileName } from "@/words/paths";
import { FILE_OUTCOMES, LOAD_STATES, SHEET_OUTCOMES, type Word, wordFor } from "@/words/vocabulary";
import { type Chosen, formOf, fromInput, fromTransfer } from "./dropped";
import styles from "./Upload.module.css";

function useSend() {
  const client = useClient();
  const setLoad = useView((view) => view.setLoad);
  return useMutation({
    mutationKey: ["upload"],
    mutationFn: (chosen: readonly Chosen[]) => client.post<LoadStarted>("/loads", formOf(chosen)),
    onSuccess: ({ load_id }) => setLoad(load_id),
  });
}

/** Files and folders may be dropped anywhere on the window; what becomes of them is shown in a corner, off the page. */
export function Uploads() {
  const send = useSend();
  const loadId = useView((view) => view.loadId);
  const [over, setOver] = useState(false);
  const [empty, setEmpty] = useState(false);
  const { mutate } = send;

  useEffect(() => {
    let depth = 0;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carries(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (carries(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !carries(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void fromTransfer(event.dataTransfer).then((chosen) => {
        setEmpty(chosen.length === 0);
        if (chosen.length > 0) mutate(chosen);
      });
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
    };
  }, [mutate]);

  return (
    <>
      {over ? (
        <div className={styles["cover"]}>
          <div>
            <Icon name="upload" size={28} />
            Drop files or a folder of studies
          </div>
        </div>
      ) : null}
      {empty ? (
        <Card title="Nothing to load" onClose={() => setEmpty(false)}>
          The folder that was dropped holds no file.
        </Card>
      ) : send.isPending ? (
        <Card title={`Sending ${counted(send.variables.length, "file")}`}>
          <Track />
        </Card>
      ) : send.error ? (
        <Card title="The files were not taken" onClose={() => send.reset()}>
          <Cause cause={send.error} />
          <Button size="compact-sm" variant="default" onClick={() => mutate(send.variables)}>
            Send again
          </Button>
        </Card>
      ) : loadId !== null ? (
        <Progress load={loadId} />
      ) : null}
    </>
  );
}

/** The place on the Data page where files and folders are chosen. */
export function DropZone() {
  const send = useSend();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const chosen = input.files ? fromInput(input.files) : [];
    if (chosen.length > 0) send.mutate(chosen);
    input.value = "";
  };
  return (
    <div className={styles["zone"]}>
      <Icon name="upload" size={18} />
      <span>Drop files or a folder anywhere on this window, or choose:</span>
      <input ref={files} type="file" multiple hidden aria-label="Files to load" onChange={(event) => take(event.currentTarget)} />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        multiple
        hidden
        aria-label="Folder to load"
        onChange={(event) => take(event.currentTarget)}
      />
      <Button size="compact-sm" variant="default" disabled={send.isPending} onClick={() => files.current?.click()}>
        Files
      </Button>
      <Button size="compact-sm" variant="default" disabled={send.isPending} onClick={() => folder.current?.click()}>
        Folder
      </Button>
      {send.isPending ? <span role="status">Sending {counted(send.variables.length, "file")}</span> : <span className="quiet">.xlsx .xls .xlsb .ods .csv .zip. Files loaded before are recognised and not read again.</span>}
      {send.error ? (
        <span role="alert">
          <Cause cause={send.error} />
        </span>
      ) : null}
    </div>
  );
}

function Progress({ load }: { load: string }) {
  const client = useClient();
  const cache = useQueryClient();
  const { setLoad, show } = useView();
  const question = useQuery(loadQuestion(client, load));
  const answer = question.data;
  const settled = useRef<string | null>(null);

  useEffect(() => {
    if (answer?.state !== "done" || settled.current === load) return;
    settled.current = load;
    // The person asked for this data, so it is shown at once instead of being announced.
    if (answer.snapshot !== null) show(answer.snapshot);
    void cache.invalidateQueries({ queryKey: ["snapshots"] });
  }, [answer, load, cache, show]);

  if (!answer) {
    return (
      <Card title="Load" onClose={() => setLoad(null)}>
        {question.error ? <Cause cause={question.error} /> : <Track />}
      </Card>
    );
  }
  const over = answer.state === "done" || answer.state === "failed";
  const none = answer.state === "done" && answer.files.length === 0;
  return (
    <Card title={none ? "Nothing to load" : answer.state === "done" ? "Loaded" : answer.state === "failed" ? "The load failed" : "Loading"} {...(over ? { onClose: () => setLoad(null) } : {})}>
      <div className={styles["row"]}>
        <State word={wordFor(LOAD_STATES, answer.state)} />
        <span className="digits">
          {answer.state === "done" ? counted(answer.files.length, "spreadsheet") : `${number(answer.files_done)} of ${counted(answer.files_total, "file")}`}
        </span>
      </div>
      {over ? null : <Track done={answer.files_done} total={answer.files_total} />}
      {answer.current ? <span className={styles["current"]}>{fileName(answer.current)}</span> : null}
      {answer.error ? <Cause cause={new Failure(0, { ...answer.error, request_id: "" })} /> : null}
      {none ? <span>There is no spreadsheet in it.</span> : null}
      {answer.state === "done" ? <Outcomes load={answer} /> : null}
    </Card>
  );
}

/** So many files that are no spreadsheets are named. */
const NAMED = 10;

/** What became of the files: how many of each outcome, each that needs attention, and what was not read at all. */
function Outcomes({ load }: { load: Load }) {
  const told = load.files.flatMap(attention);
  const more = load.ignored.length - NAMED;
  return (
    <>
      {load.files.length === 0 ? null : (
        <div className={styles["outcomes"]} role="group" aria-label="Files by outcome">
          {Object.entries(FILE_OUTCOMES).map(([code, word]) => {
            const count = load.files.filter((file) => file.outcome === code).length;
            return (
              <span key={code} className={count === 0 ? "quiet" : ""}>
                <State word={word} bare /> <span className="digits">{number(count)}</span>
              </span>
            );
          })}
        </div>
      )}
      {told.length > 0 ? (
        <ul className={styles["attention"]} tabIndex={0} aria-label="Files that need attention">
          {told.map(({ file, place, word, why, todo }, index) => (
            <li key={index}>
              {word ? <State word={word} bare /> : null}{" "}
              <FileLink file={file.file_id} title={file.name}>
                {fileName(file.name)}
              </FileLink>
              {place}: {why}
              {todo === null ? null : <div className="quiet">What to do: {todo}</div>}
            </li>
          ))}
        </ul>
      ) : null}
      {load.ignored.length > 0 ? (
        <p className={styles["ignored"]}>
          Not read, no spreadsheets: {load.ignored.slice(0, NAMED).join(", ")}
          {more > 0 ? ` and ${number(more)} more` : ""}
        </p>
      ) : null}
    </>
  );
}

interface Told {
  file: LoadedFile;
  place: string;
  word: Word | null;
  why: string;
  todo: string | null;
}

/** What a person should know of one file: that it was set apart or is a copy, which of its sheets were, which lines were rejected. */
function attention(file: LoadedFile): Told[] {
  const word = wordFor(FILE_OUTCOMES, file.outcome);
  const set = file.outcome === "refused" || file.outcome === "quarantined" || file.outcome === "duplicate";
  return [
    ...(set ? [{ file, place: "", word, why: file.reason ?? word.meaning, todo: file.todo }] : []),
    ...file.held.map((sheet) => ({
      file,
      place: `, sheet ${sheet.sheet} ${sheet.name}`,
      word: wordFor(SHEET_OUTCOMES, "quarantined"),
      why: sheet.reason ?? wordFor(SHEET_OUTCOMES, "quarantined").meaning,
      todo: sheet.todo,
    })),
    ...(file.rejected > 0 ? [{ file, place: "", word: null, why: `${counted(file.rejected, "line")} rejected`, todo: null }] : []),
  ];
}

function Card({ title, onClose, children }: { title: string; onClose?: () => void; children: React.ReactNode }) {
  return (
    <section className={styles["card"]} aria-label="Upload" aria-live="polite">
      <div className={styles["row"]}>
        <strong>{title}</strong>
        {onClose ? (
          <Button size="compact-xs" variant="subtle" onClick={onClose}>
            Close
          </Button>
        ) : null}
      </div>
      {children}
    </section>
  );
}

function Track({ done, total }: { done?: number; total?: number }) {
  const known = done !== undefined && total !== undefined && total > 0;
  return (
    <div className={styles["track"]} role="progressbar" aria-label="Progress" {...(known ? { "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": total } : {})}>
      <i style={{ width: known ? `${(100 * done) / total}%` : "12%" }} />
    </div>
  );
}

function Cause({ cause }: { cause: unknown }) {
  const problem = cause instanceof Failure ? cause.problem : null;
  return (
    <span>
      {problem?.what ?? (cause instanceof Error ? cause.message : String(cause))} {problem?.todo ?? ""}
    </span>
  );
}
