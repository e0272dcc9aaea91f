import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { planQuestion, versionsQuestion, whatIfQuestion } from "@/api/questions";
import type { WhatIfPlan } from "@/api/types";
import { Answered, Failed, Loading } from "@/components/Conditions";
import { useAsOf } from "@/view/asOf";
import { isNothing, NOTHING } from "./change";
import { Controls } from "./Controls";
import { Effects } from "./Effects";
import { type Tried, useTried } from "./useTried";
import { Versions, VERSIONS } from "./Versions";
import { changeWords } from "./words";
import styles from "./WhatIf.module.css";

/** What would change if thresholds, weights, gates or targets were others: tried at once, kept with a reason, and opened again. */
export function WhatIf({ study }: { study: string }) {
  const client = useClient();
  const plan = useQuery(planQuestion(client, study, useAsOf()));
  return (
    <Answered question={plan} what="what can be changed" rows={12}>
      {(answer) => <Tries study={study} plan={answer} />}
    </Answered>
  );
}

function Tries({ study, plan }: { study: string; plan: WhatIfPlan }) {
  const tried = useTried();
  const client = useClient();
  const asOf = useAsOf();
  const question = useQuery(whatIfQuestion(client, study, asOf, tried.milestone, tried.settled));
  const beside = useBeside(study, tried);
  const found = question.data;
  return (
    <>
      <div className={styles["top"]}>
        <p>{isNothing(tried.shown) ? "Nothing is changed yet. Move a threshold, a weight, a gate or a target: what it would do stands beside it at once. Nothing else on these pages changes." : `Tried: ${changeWords(tried.shown, plan).join("; ")}.`}</p>
        <Button size="xs" variant="default" onClick={() => document.getElementById(VERSIONS)?.focus()}>
          Save or open a version
        </Button>
        <Button size="xs" variant="default" disabled={isNothing(tried.shown)} onClick={() => tried.take(NOTHING)}>
          Back to what is published
        </Button>
      </div>
      {tried.unread.length > 0 ? (
        <p role="alert" className={styles["wrong"]}>
          A part of the link could not be read and is left out: {tried.unread.join("; ")}
        </p>
      ) : null}
      <div className={styles["around"]}>
        <div className={styles["page"]}>
          <Controls plan={plan} tried={tried} study={study} found={found} />
          <div className={styles["effects"]}>
            {question.error ? (
              <Failed what="what would change" cause={question.error} works="The controls, the saved versions and every other page." retry={() => void question.refetch()} />
            ) : found ? (
              <Effects study={study} found={found} beside={beside} busy={question.isPlaceholderData} />
            ) : (
              <Loading what="what would change" rows={10} />
            )}
            <Versions study={study} plan={plan} tried={tried} />
          </div>
        </div>
      </div>
    </>
  );
}

/** The version that is compared, worked out at the same milestone. */
function useBeside(study: string, tried: Tried) {
  const client = useClient();
  const asOf = useAsOf();
  const versions = useQuery(versionsQuestion(client, study));
  const version = versions.data?.find((one) => one.number === tried.beside);
  const question = useQuery({ ...whatIfQuestion(client, study, asOf, tried.milestone, version?.change ?? NOTHING), enabled: version !== undefined });
  return version && question.data ? { number: version.number, found: question.data } : null;
}
