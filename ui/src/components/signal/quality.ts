/** What the data quality index of a group means and opens to. */

import type { QualityValue } from "@/api/types";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { oneDecimal } from "@/words/signals";
import type { Where } from "./evidence";

export function ofQuality(where: Where, value: QualityValue): Evidence {
  const { missing } = value;
  return {
    title: "Data quality index",
    scope: `${where.study}, ${value.place.label}`,
    value: value.value,
    ...(value.value === null
      ? { unknown: `Between ${oneDecimal(value.worst)} and ${oneDecimal(value.best)}. Not known: ${missing.map((one) => `${one.title} (${one.reason})`).join("; ")}.` }
      : { text: oneDecimal(value.value) }),
    code: "dqi_default",
    definition: "100 less what each indicator takes off, 0 to 100. The page of the site shows what takes off how much.",
    ...(value.rank === null
      ? {}
      : { note: `Rank ${number(value.rank)} of ${number(value.ranked ?? 0)} from the lowest${value.rank_range ? `, ${number(value.rank_range[0])} to ${number(value.rank_range[1])} when each top weight moves by a quarter` : ""}. Ranks are by the value shrunken toward the study${value.shrunken === null ? "" : `, ${oneDecimal(value.shrunken)}`}.` }),
    asOf: value.as_of,
    sources: [],
  };
}
