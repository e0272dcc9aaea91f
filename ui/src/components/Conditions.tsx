/** The states a view can be in besides having data: empty, loading, failed. */

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Failure } from "@/api/client";
import { moment } from "@/words/dates";
import styles from "./Conditions.module.css";
import { Icon } from "./Icon";

/** Says what would be here and offers the way to it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles["box"]}>
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}

const WIDTHS = ["92%", "78%", "85%", "64%", "88%", "71%"];

/** Keeps the place of what is coming, so that nothing jumps. */
export function Loading({ what, rows = 6, height }: { what: string; rows?: number; height?: number | string }) {
  return (
    <div role="status" aria-live="polite" className={styles["lines"]} style={height === undefined ? undefined : { minHeight: height }}>
      <span className="unseen">Loading {what}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles["bone"]} style={{ width: WIDTHS[index % WIDTHS.length] }} />
      ))}
    </div>
  );
}

/** What failed, since when, what still works, and a way to try again. */
export function Failed({ what, cause, works, retry }: { what: string; cause: unknown; works?: string; retry?: () => void }) {
  const [now] = useState(() => Date.now());
  const failure = cause instanceof Failure ? cause : null;
  const message = failure ? failure.problem.what : cause instanceof Error ? cause.message : String(cause);
  return (
    <div role="alert" className={`${styles["box"] ?? ""} ${styles["failed"] ?? ""}`}>
      <div className={styles["head"]}>
        <Icon name="cross" /> {what.charAt(0).toUpperCase() + what.slice(1)} could not be shown
      </div>
      <dl className={styles["facts"]}>
        <dt>What happened</dt>
        <dd>{message}</dd>
        {failure?.problem.where ? (
          <>
            <dt>Where</dt>
            <dd>{failure.problem.where}</dd>
          </>
        ) : null}
        {failure?.problem.todo ? (
          <>
            <dt>What to do</dt>
            <dd>{failure.problem.todo}</dd>
          </>
        ) : null}
        <dt>Since</dt>
        <dd>{moment(new Date(failure?.at ?? now).toISOString())}</dd>
        <dt>What still works</dt>
        <dd>{works ?? "The rest of the page, and every other page."}</dd>
        {failure?.problem.request_id ? (
          <>
            <dt>Request</dt>
            <dd>
              <code>{failure.problem.request_id}</code> ({failure.problem.code})
            </dd>
          </>
        ) : null}
      </dl>
      {retry ? (
        <Button size="xs" variant="default" leftSection={<Icon name="reload" size={14} />} onClick={retry}>
          Retry
        </Button>
      ) : null}
    </div>
  );
}

/** One panel's fault stays in that panel. */
export function Guard({ what, children, resetKeys = [] }: { what: string; children: ReactNode; resetKeys?: unknown[] }) {
  return (
    <ErrorBoundary resetKeys={resetKeys} fallbackRender={({ error, resetErrorBoundary }) => <Failed what={what} cause={error} retry={resetErrorBoundary} />}>
      {children}
    </ErrorBoundary>
  );
}

interface Asked<Answer> {
  data: Answer | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** A question's answer, or the state it is in. An answer already on the screen stays there when a later try fails. */
export function Answered<Answer>({
  question,
  what,
  works,
  rows,
  height,
  children,
}: {
  question: Asked<Answer>;
  what: string;
  works?: string;
  rows?: number;
  height?: number | string;
  children: (answer: Answer) => ReactNode;
}) {
  if (question.data !== undefined) return children(question.data);
  if (question.error) return <Failed what={what} cause={question.error} retry={() => void question.refetch()} {...(works ? { works } : {})} />;
  return <Loading what={what} {...(rows === undefined ? {} : { rows })} {...(height === undefined ? {} : { height })} />;
}
