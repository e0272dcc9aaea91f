import { useMemo } from "react";
import type { Study } from "@/api/types";
import { fileColumns } from "@/components/fileColumns";
import { Grid } from "@/components/grid/Grid";
import { useOpen } from "@/components/Link";
import { useKinds } from "@/components/useKinds";
import { useGridInUrl } from "@/view/grid";
import { day } from "@/words/dates";

/** The files of the study and what became of each. */
export function Files({ study }: { study: Study }) {
  const open = useOpen();
  const [state, setState] = useGridInUrl();
  const { kinds } = useKinds();
  const columns = useMemo(() => fileColumns(kinds, false), [kinds]);
  return (
    <Grid
      name={`Files of ${study.study_id}`}
      noun="file"
      fill
      columns={columns}
      items={study.files}
      itemKey={(file, index) => `${file.file_id}-${index}`}
      state={state}
      onState={setState}
      asOf={study.as_of ? day(study.as_of) : "no date"}
      onOpen={(file) => open.file(file.file_id)}
    />
  );
}
