/** One key risk indicator of a study: which groups it flags, why, since when, and where it cannot see. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { kriQuestion } from "@/api/questions";
import type { KriDetail } from "@/api/types";
import { Answered, Empty, Guard } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { PageFrame, Totals } from "@/components/Page";
import { ofOverall } from "@/components/signal/computed";
import type { Where } from "@/components/signal/evidence";
import { FlagLegend } from "@/components/signal/FlagLegend";
import { Switches, useCompared } from "@/components/signal/Switches";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { number } from "@/words/numbers";
import { LEVELS } from "@/words/signals";
import { Bars } from "./Bars";
import { Caterpillar } from "./Caterpillar";
import { ofExpected, ofFlags, ofScored, ofUnplaced } from "./evidence";
import { Funnel } from "./Funnel";
import { Groups } from "./Groups";
import { Meaning } from "./Meaning";
import { Past } from "./Past";
import styles from "./Kri.module.css";

export function KriPage() {
  const { studyId, kri } = useParams({ from: "/studies/$studyId/kris/$kri" });
  const compared = useCompared();
  const question = useQuery(kriQuestion(useClient(), studyId, useAsOf(), kri, compared.level, compared.method));
  return (
    <PageFrame title={question.data ? `${question.data.kri.title}, ${studyId}` : kri} heading={question.data?.kri.title ?? kri} facts={<span>{studyId}</span>}>
      <div className={styles["bar"]}>
        <Switches />
      </div>
      <Answered question={question} what="the indicator" rows={14}>
        {(detail) => <Indicator study={studyId} level={compared.level} detail={detail} />}
      </Answered>
    </PageFrame>
  );
}

function Indicator({ study, level, detail }: { study: string; level: Where["level"]; detail: KriDetail }) {
  const { code } = usePageSearch();
  const where = useMemo((): Where => ({ study, level }), [study, level]);
  const part = { where, detail, code };
  const { kri } = detail;
  const words = LEVELS[level] ?? { one: "group", many: "groups" };
  const unplaced = kri.unplaced[0] > 0 || kri.unplaced[1] > 0;
  return (
    <>
      <Totals
        items={[
          { label: "Red", figure: <Figure size="large" evidence={ofFlags(where, detail, "red")} /> },
          { label: "Amber", figure: <Figure size="large" evidence={ofFlags(where, detail, "amber")} /> },
          { label: "By chance alone", figure: <Figure size="large" evidence={ofExpected(where, detail)} /> },
          { label: `Scored, of ${number(detail.groups.length)} ${words.many}`, figure: <Figure size="large" evidence={ofScored(where, detail)} /> },
          { label: "Study", figure: <Figure size="large" evidence={ofOverall(where, kri)} /> },
          ...(unplaced ? [{ label: `Name no ${words.one}`, figure: <Figure size="large" evidence={ofUnplaced(where, detail)} /> }] : []),
        ]}
      />
      {kri.silent === null ? (
        <>
          <div className={styles["beside"]}>
            <Meaning detail={detail} />
            <Box what="the funnel">
              <Funnel {...part} />
              <FlagLegend />
            </Box>
          </div>
          <div className={styles["two"]}>
            <Box what="the bars">
              <Bars {...part} />
            </Box>
            <Box what="the ratios">
              <Caterpillar {...part} />
            </Box>
          </div>
          <Box what="the past">
            <Past {...part} />
          </Box>
        </>
      ) : (
        <div className={styles["beside"]}>
          <Meaning detail={detail} />
          <Box what="the reason">
            <Empty title={`No ${words.one} is scored`}>{kri.silent}. Silence is no sign of health: charts would show only what chance and gaps left.</Empty>
          </Box>
        </div>
      )}
      <Groups where={where} detail={detail} />
    </>
  );
}

function Box({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div className={styles["box"]}>
      <Guard what={what}>{children}</Guard>
    </div>
  );
}
