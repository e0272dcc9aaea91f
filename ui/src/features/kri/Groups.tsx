import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { KriDetail, KriGroup } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Flag, FlagSteps, flagWord } from "@/components/Flag";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { ofSignal } from "@/components/signals";
import { usePageSearch } from "@/view/asOf";
import { useGridInUrl } from "@/view/grid";
import type { Search } from "@/view/search";

/** Every group with what is known of it, and what could be noticed in it at all. */
export function Groups({ study, found, level }: { study: string; found: KriDetail; level: "site" | "country" }) {
  const [state, setState] = useGridInUrl();
  const navigate = useNavigate();
  const { as_of } = usePageSearch();
  const columns = useMemo((): GridColumn<KriGroup>[] => {
    const rounded = (value: number | null, digits = 3) => (value === null ? null : Number(value.toPrecision(digits)));
    return [
      { id: "label", title: level === "site" ? "Site" : "Country", width: 110, value: (one) => one.place.label },
      { id: "country", title: "Country", width: 80, value: (one) => one.place.country, background: level === "country" },
      { id: "subjects", title: "Subjects", type: "number", width: 76, value: (one) => one.subjects },
      { id: "flag", title: "Flag", width: 130, value: (one) => flagWord(one.signal.flag, one.signal.state), render: (one) => <Flag flag={one.signal.flag} state={one.signal.state} word /> },
      { id: "history", title: "History", width: 100, hint: "Flags of the snapshots, oldest first", value: (one) => one.history.map((flag) => flag ?? "-").join(" "), render: (one) => <FlagSteps history={one.history} /> },
      { id: "numerator", title: "Numerator", type: "number", width: 84, value: (one) => one.signal.numerator },
      { id: "denominator", title: "Denominator", type: "number", width: 92, value: (one) => one.signal.denominator },
      { id: "metric", title: "Metric", type: "number", width: 92, value: (one) => rounded(one.signal.metric), render: (one) => <Figure narrow evidence={ofSignal(study, level, found.kri, one.place, one.signal)} /> },
      { id: "score", title: "z", type: "number", width: 60, value: (one) => rounded(one.signal.score) },
      { id: "p", title: "p", type: "number", width: 76, value: (one) => rounded(one.signal.p) },
      { id: "q", title: "q", type: "number", width: 76, hint: "p corrected over all groups and indicators of the study", value: (one) => rounded(one.signal.q) },
      { id: "ratio", title: "Ratio", type: "number", width: 66, hint: "Shrunken ratio to the study; for ranking only", value: (one) => rounded(one.signal.ratio) },
      { id: "low", title: "from", type: "number", width: 60, value: (one) => rounded(one.signal.interval?.[0] ?? null) },
      { id: "high", title: "to (90 %)", type: "number", width: 76, value: (one) => rounded(one.signal.interval?.[1] ?? null) },
      { id: "up", title: "Noticed from", type: "number", width: 96, hint: "The smallest ratio to the study that would be noticed four times in five", value: (one) => rounded(one.detectable.up) },
      { id: "silence", title: "Silence", width: 140, background: true, hint: "Whether complete silence would be noticed", value: (one) => (one.detectable.silence === null ? null : one.detectable.silence ? "would be noticed" : "cannot be detected here") },
      { id: "reason", title: "Why not", width: 260, value: (one) => one.signal.reason },
    ];
  }, [study, found, level]);
  return (
    <Grid
      name={`${found.kri.title} of ${study}`}
      noun={level}
      plural={level === "site" ? "sites" : "countries"}
      columns={columns}
      items={found.groups}
      itemKey={(one) => one.place.label}
      state={state}
      onState={setState}
      asOf={as_of ?? "latest"}
      maxHeight={420}
      onOpen={(one) => void navigate({ to: ".", search: (old: Search) => ({ ...old, code: one.place.label }) })}
    />
  );
}
