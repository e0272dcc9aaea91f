import { memo } from "react";
import type { Kri, Place, Signal } from "@/api/types";
import { useView } from "@/view/store";
import { Flag } from "../Flag";
import { useTabIndex } from "../surroundings";
import { ofSignal, signalWords, type Where } from "./evidence";
import styles from "./FlagFigure.module.css";

interface Props {
  where: Where;
  kri: Kri;
  place: Place;
  signal: Signal;
  /** The word beside the shape, where there is room. */
  word?: boolean | "short";
}

/** A flag that opens the evidence of its metric; hover and focus say what it is made of. */
export const FlagFigure = memo(function FlagFigure({ where, kri, place, signal, word = false }: Props) {
  const said = signalWords(kri, place, signal);
  return (
    <button
      type="button"
      className={styles["figure"]}
      tabIndex={useTabIndex()}
      title={said}
      aria-label={said}
      data-evidence=""
      onClick={(event) => {
        event.stopPropagation();
        useView.getState().openEvidence(ofSignal(where, kri, place, signal));
      }}
    >
      <Flag flag={signal.flag} state={signal.state} word={word} bare />
    </button>
  );
});
