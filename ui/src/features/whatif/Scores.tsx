import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { signalsQuestion } from "@/api/questions";
import { useAsOf } from "@/view/asOf";
import { counted } from "@/words/numbers";
import styles from "./WhatIf.module.css";

const WIDTH = 340;
const HEIGHT = 56;
const EDGE = 6;

/** Where the sites score on the indicator, with the thresholds as lines: what a move of a line takes in or leaves out. */
export function Scores({ study, code, direction, amber, red }: { study: string; code: string; direction: string; amber: number; red: number }) {
  const client = useClient();
  const signals = useQuery(signalsQuestion(client, study, useAsOf()));
  const at = signals.data?.kris.findIndex((one) => one.code === code) ?? -1;
  if (!signals.data || at < 0) return <div className={styles["strip"]} aria-hidden="true" />;
  const scores = signals.data.groups.map((group) => group.signals[at]?.score ?? null).filter((score) => score !== null);
  if (scores.length === 0) return <p className="quiet">No site has a score: {signals.data.kris[at]?.silent ?? "too little is known"}.</p>;
  const low = direction === "high" ? Math.min(-1, ...scores) : Math.min(-red - 0.5, ...scores);
  const high = direction === "low" ? Math.max(1, ...scores) : Math.max(red + 0.5, ...scores);
  const x = (score: number) => EDGE + ((score - low) / (high - low)) * (WIDTH - 2 * EDGE);
  const lines = [
    ...(direction === "low" ? [] : [{ score: amber, kind: "amber" }, { score: red, kind: "red" }]),
    ...(direction === "high" ? [] : [{ score: -amber, kind: "amber" }, { score: -red, kind: "red" }]),
  ];
  const beyond = (limit: number) => scores.filter((score) => (direction !== "low" && score >= limit) || (direction !== "high" && score <= -limit)).length;
  const said = `${counted(scores.length, "site")} with a score from ${Math.min(...scores).toFixed(1)} to ${Math.max(...scores).toFixed(1)}: ${beyond(amber)} from amber on, ${beyond(red)} from red on`;
  return (
    <figure className={styles["strip"]}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said}>
        <line x1={EDGE} x2={WIDTH - EDGE} y1={38} y2={38} className={styles["axis"]} />
        {scores.map((score, index) => (
          <circle key={index} cx={x(score)} cy={38 - (index % 5) * 4} r={2.6} className={styles["dot"]} />
        ))}
        {lines.map(({ score, kind }) => (
          <g key={`${kind}${score}`} className={styles[`line-${kind}`]}>
            <line x1={x(score)} x2={x(score)} y1={4} y2={44} strokeDasharray={kind === "amber" ? "4 3" : undefined} />
            <text x={x(score)} y={HEIGHT - 1} textAnchor="middle">
              {kind} {score}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="quiet">{said}.</figcaption>
      <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri: code }} search={{}}>
        Every site of {code}
      </Link>
    </figure>
  );
}
