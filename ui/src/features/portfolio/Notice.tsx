import { Button } from "@mantine/core";
import { Failure } from "@/api/client";
import { Icon } from "@/components/Icon";
import styles from "./Portfolio.module.css";

/** One line above a grid that works without what failed. */
export function Notice({ cause, retry }: { cause: unknown; retry: () => void }) {
  const said = cause instanceof Failure ? [cause.problem.what, cause.problem.todo] : [cause instanceof Error ? cause.message : String(cause)];
  return (
    <div role="alert" className={styles["notice"]}>
      <Icon name="cross" size={14} />
      <span>Clean status, quality and flags could not be loaded. {said.filter(Boolean).join(" ")} Everything else on this page works.</span>
      <Button size="compact-xs" variant="default" onClick={retry}>
        Retry
      </Button>
    </div>
  );
}
