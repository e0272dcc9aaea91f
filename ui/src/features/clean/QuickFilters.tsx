/** One click to the subjects that somebody looks for; each is a filter of the grid, so it stands in the address too. */

import type { GridState } from "@/view/grid";
import type { Criterion } from "@/view/subject";
import { CLEAN_OUTCOMES, STANDINGS } from "@/words/clean";
import { number } from "@/words/numbers";
import styles from "./Clean.module.css";
import type { Counts } from "./subjects";

/** The queue: most urgent first, then the oldest, then those with fewest items. */
const QUEUE = [
  { id: "urgency", desc: true },
  { id: "oldest", desc: true },
  { id: "items", desc: false },
];
const ONE_STEP = "=1";
const FAILING = CLEAN_OUTCOMES.fail.word;

interface Props {
  total: number;
  counts: Counts;
  criteria: readonly Criterion[];
  state: GridState;
  onState: (next: GridState) => void;
}

function asked(state: GridState, id: string): string | null {
  return state.filter.find((one) => one.id === id)?.value ?? null;
}

function without(state: GridState, ...ids: string[]): GridState {
  return { ...state, filter: state.filter.filter((one) => !ids.includes(one.id)) };
}

function withFilter(state: GridState, id: string, value: string): GridState {
  return { ...state, filter: [...without(state, id).filter, { id, value }] };
}

export function QuickFilters({ total, counts, criteria, state, onState }: Props) {
  const outcome = asked(state, "outcome");
  const oneStep = asked(state, "steps") === ONE_STEP;
  const failing = criteria.find(({ code }) => asked(state, code) === FAILING);
  const owner = asked(state, "owner")?.replace(/^=/, "") ?? "";
  const status = asked(state, "status")?.replace(/^=/, "") ?? "";
  const bare = without(state, "outcome", "steps");

  function ofOutcome(word: string) {
    onState(outcome === `=${word}` ? bare : withFilter(bare, "outcome", `=${word}`));
  }

  return (
    <div role="group" aria-label="Quick filters" className={styles["quick"]}>
      <Chip pressed={outcome === null && !oneStep} onPress={() => onState({ ...bare, sort: oneStep ? [] : bare.sort })} count={total}>
        All
      </Chip>
      {(["pass", "fail", "unknown", "not_applicable"] as const).map((code) =>
        code === "not_applicable" && counts.outcomes[code] === 0 ? null : (
          <Chip key={code} pressed={outcome === `=${STANDINGS[code].word}`} onPress={() => ofOutcome(STANDINGS[code].word)} count={counts.outcomes[code]} title={STANDINGS[code].meaning}>
            {code === "unknown" ? "Unknown only" : STANDINGS[code].word.charAt(0).toUpperCase() + STANDINGS[code].word.slice(1)}
          </Chip>
        ),
      )}
      <Chip
        pressed={oneStep}
        count={counts.oneStep}
        title="One criterion fails and none is unknown; in the order of urgency, age and fewest items."
        onPress={() => onState(oneStep ? { ...bare, sort: [] } : { ...withFilter(bare, "steps", ONE_STEP), sort: QUEUE })}
      >
        One step from clean
      </Chip>
      <Choice
        label="Failing"
        any="any criterion"
        value={failing?.code ?? ""}
        options={criteria.map(({ code, title }) => [code, title, counts.failing.get(code) ?? 0])}
        onValue={(code) => {
          const free = failing ? without(state, failing.code) : state;
          onState(code === "" ? free : withFilter(free, code, FAILING));
        }}
      />
      <Choice
        label="Owner"
        any="anyone"
        value={owner}
        options={counts.owners.map(([name, count]) => [name, name, count])}
        onValue={(name) => onState(name === "" ? without(state, "owner") : withFilter(state, "owner", `=${name}`))}
      />
      <Choice
        label="Status"
        any="any"
        value={status}
        options={counts.statuses.map(([name, count]) => [name ?? "?", name ?? "unknown", count])}
        onValue={(name) => onState(name === "" ? without(state, "status") : withFilter(state, "status", name === "?" ? "?" : `=${name}`))}
      />
    </div>
  );
}

function Chip({ pressed, count, title, onPress, children }: { pressed: boolean; count: number; title?: string; onPress: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className={styles["chip"]} aria-pressed={pressed} title={title} onClick={onPress}>
      {children} <small>{number(count)}</small>
    </button>
  );
}

function Choice({ label, any, value, options, onValue }: { label: string; any: string; value: string; options: readonly (readonly [string, string, number])[]; onValue: (value: string) => void }) {
  return (
    <label className={styles["choice"]}>
      <span className="quiet">{label}</span>
      <select value={value} data-set={value !== ""} onChange={(event) => onValue(event.target.value)}>
        <option value="">{any}</option>
        {value !== "" && !options.some(([code]) => code === value) ? <option value={value}>{value} (0)</option> : null}
        {options.map(([code, title, count]) => (
          <option key={code} value={code}>
            {title} ({number(count)})
          </option>
        ))}
      </select>
    </label>
  );
}
