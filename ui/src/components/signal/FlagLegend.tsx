import { Flag } from "../Flag";
import { Legend } from "../Page";

/** What the shapes of flags mean; it stands under every place that shows them without words. */
export function FlagLegend() {
  return (
    <Legend label="What the flags say">
      <span>
        <Flag flag={2} state="ok" bare /> red, high
      </span>
      <span>
        <Flag flag={1} state="ok" bare /> amber, high
      </span>
      <span>
        <Flag flag={-1} state="ok" bare /> amber, low
      </span>
      <span>
        <Flag flag={-2} state="ok" bare /> red, low
      </span>
      <span>
        <Flag flag={0} state="ok" bare /> no flag
      </span>
      <span title="Below the least denominator, or fewer than five groups have enough: silence, not health.">
        <Flag flag={null} state="below_accrual" bare /> too little to say
      </span>
      <span title="The denominator is 0: the question does not apply.">
        <Flag flag={null} state="no_denominator" bare /> not applicable
      </span>
      <span title="A report is missing, or its rows do not tell.">
        <Flag flag={null} state="unknown" bare /> unknown
      </span>
    </Legend>
  );
}
