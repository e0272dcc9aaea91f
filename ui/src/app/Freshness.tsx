import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { snapshotsQuestion } from "@/api/questions";
import type { Snapshot } from "@/api/types";
import { Live } from "@/components/Live";
import { usePageSearch } from "@/view/asOf";
import { useView } from "@/view/store";

/** Asks every 15 seconds what the newest snapshot is; says so, and changes nothing by itself. */
export function Freshness({ snapshots, seen }: { snapshots: readonly Snapshot[]; seen: Snapshot | undefined }) {
  const client = useClient();
  const { as_of } = usePageSearch();
  const { shown, show } = useView();
  const { isError, failureCount, dataUpdatedAt } = useQuery(snapshotsQuestion(client));
  // The last answer is the last moment the server is known to have been there.
  const silentSince = isError || failureCount > 0 ? dataUpdatedAt : null;

  const newest = snapshots[0]?.snapshot;
  const newer = as_of !== undefined || shown === null ? 0 : snapshots.filter((one) => one.snapshot > shown).length;
  return (
    <Live
      changedAt={seen ? Date.parse(seen.committed_at) : null}
      silentSince={silentSince}
      newer={newer}
      // Every question names its snapshot, so that showing another one asks again by itself.
      onShow={() => {
        if (newest !== undefined) show(newest);
      }}
    />
  );
}
