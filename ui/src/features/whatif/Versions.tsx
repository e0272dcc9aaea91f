/** Keeping what was tried, with author and reason, and coming back to it. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/api/client";
import { useClient } from "@/api/context";
import { saveVersion, versionsQuestion } from "@/api/questions";
import type { SavedVersion, WhatIfPlan } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Panel, tableStyles } from "@/components/Page";
import { useAsOf } from "@/view/asOf";
import { moment } from "@/words/dates";
import { isNothing, writeChange } from "./change";
import type { Tried } from "./useTried";
import { changeWords } from "./words";
import styles from "./WhatIf.module.css";

/** The id of the first field, for the way to it from the top of the page. */
export const VERSIONS = "what-if-author";

interface Props {
  study: string;
  plan: WhatIfPlan;
  tried: Tried;
}

export function Versions({ study, plan, tried }: Props) {
  const client = useClient();
  const versions = useQuery(versionsQuestion(client, study));
  return (
    <Panel title="Versions" aside="kept as they were saved; never changed or removed">
      <div className={styles["stack"]}>
        <Save study={study} tried={tried} />
        <Answered question={versions} what="the saved versions" rows={3}>
          {(list) => (list.length === 0 ? <Empty title="No version is saved yet">Change something and save it: others find it here with your name and your reason.</Empty> : <List list={list} plan={plan} tried={tried} />)}
        </Answered>
      </div>
    </Panel>
  );
}

function Save({ study, tried }: Omit<Props, "plan">) {
  const client = useClient();
  const queries = useQueryClient();
  const asOf = useAsOf();
  const [author, setAuthor] = useState("");
  const [reason, setReason] = useState("");
  const save = useMutation({
    mutationFn: () => saveVersion(client, study, asOf, { milestone: tried.milestone, change: tried.settled, author, reason }),
    onSuccess: () => {
      setReason("");
      return queries.invalidateQueries({ queryKey: ["versions", study] });
    },
  });
  const nothing = isNothing(tried.settled);
  const missing = nothing ? "Change something first." : author.trim() === "" || reason.trim() === "" ? "Say who you are and why." : "";
  const { error } = save;
  return (
    <form
      className={styles["save"]}
      aria-label="Save this change as a version"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === "") save.mutate();
      }}
    >
      <label>
        Author
        <input id={VERSIONS} type="text" value={author} maxLength={100} autoComplete="name" required onChange={(event) => setAuthor(event.currentTarget.value)} />
      </label>
      <label>
        Reason
        <textarea value={reason} maxLength={1000} rows={1} required onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      <Button type="submit" size="xs" disabled={missing !== ""} loading={save.isPending} title={missing || undefined}>
        Save as a version
      </Button>
      <p className="quiet" role="status">
        {save.isSuccess && error === null ? `Saved as version ${save.data.number}. ` : ""}
        {missing} The author is kept as written: there are no accounts yet, so nobody is asked to prove it.
      </p>
      {error ? (
        <p className={styles["wrong"]} role="alert">
          Not saved: {error instanceof Failure ? `${error.problem.what} ${error.problem.todo}` : error.message}
        </p>
      ) : null}
    </form>
  );
}

function List({ list, plan, tried }: { list: readonly SavedVersion[]; plan: WhatIfPlan; tried: Tried }) {
  const now = writeChange(tried.settled);
  return (
    <div className={tableStyles["scroll"]}>
      <table className={`${tableStyles["plain"] ?? ""} ${styles["table"] ?? ""}`} aria-label="Saved versions">
        <thead>
          <tr>
            {["Version", "Saved", "Author", "Reason", "What differs from what is published", "Do"].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.map((version) => {
            const open = writeChange(version.change) === now;
            return (
              <tr key={version.number} className={open ? styles["differs"] : ""}>
                <th scope="row">
                  {version.number}
                  {open ? <div className="quiet">open</div> : null}
                </th>
                <td data-plain="date" title={`Looked at in snapshot ${version.snapshot}; configuration ${version.config_hash}; ncdm ${version.software}`}>
                  {moment(version.saved_at)}
                  <div className="quiet">
                    snapshot {version.snapshot}, <code>{version.config_hash.slice(0, 8)}</code>
                  </div>
                </td>
                <td data-plain="words">{version.author}</td>
                <td className={styles["reason"]} data-plain="words">{version.reason}</td>
                <td data-plain="setting">
                  <ul className={styles["moves"]}>
                    {changeWords(version.change, plan).map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                  {version.still_the_same ? null : <div className={styles["wrong"]}>What is published has changed since: it comes to something else today.</div>}
                </td>
                <td data-plain="code">
                  <div className={styles["actions"]}>
                    <button type="button" className={styles["link"]} disabled={open} onClick={() => tried.take(version.change, version.milestone)}>
                      Open <span className="unseen">version {version.number}</span>
                    </button>
                    <button type="button" className={styles["link"]} aria-pressed={tried.beside === version.number} onClick={() => tried.setBeside(tried.beside === version.number ? null : version.number)}>
                      {tried.beside === version.number ? "Stop comparing" : "Compare"} <span className="unseen">version {version.number}</span>
                    </button>
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
