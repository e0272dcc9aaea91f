import { useId, useState } from "react";
import styles from "./WhatIf.module.css";

interface Props {
  label: string;
  value: number;
  /** The published value; beside a changed one it is said. */
  published: number;
  min: number;
  max: number;
  step: number;
  unit?: string;
  /** Digits after the point. */
  digits?: number;
  onValue: (value: number) => void;
}

/** One number, as a field for exact values and a slider for trying. What is no number stays in the field and changes nothing. */
export function NumberField({ label, value, published, min, max, step, unit = "", digits = 4, onValue }: Props) {
  const rounded = (number: number) => Number(number.toFixed(digits));
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const told = typed === null ? value : Number(typed);
  const wrong = typed !== null && (typed.trim() === "" || !Number.isFinite(told) || told < 0);
  const changed = rounded(value) !== rounded(published);
  return (
    <div className={styles["field"]}>
      <label htmlFor={id}>
        {label} {changed ? <span className={styles["was"]}>(published {rounded(published)}{unit})</span> : null}
      </label>
      <div className={styles["inputs"]}>
        <input type="range" aria-label={`${label}, slider`} min={min} max={Math.max(max, value)} step={step} value={value} onChange={(event) => onValue(rounded(Number(event.currentTarget.value)))} />
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          className={styles["number"]}
          value={typed ?? String(rounded(value))}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => {
            const text = event.currentTarget.value.replace(",", ".");
            setTyped(text);
            const next = Number(text);
            if (text.trim() !== "" && Number.isFinite(next) && next >= 0) onValue(rounded(next));
          }}
          onBlur={() => setTyped(null)}
        />
        <span className={styles["unit"]}>{unit}</span>
      </div>
      {wrong ? (
        <span id={`${id}-wrong`} className={styles["wrong"]}>
          Give a number of 0 or more.
        </span>
      ) : null}
    </div>
  );
}
