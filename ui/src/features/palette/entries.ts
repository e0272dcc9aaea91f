/** Everything the palette can jump to. Names are matched by their parts: "s 4 p 9" finds Study 4 ... 9. */

import { useQueries, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useClient } from "@/api/context";
import { definitionsQuestion, portfolioQuestion, tablesQuestion } from "@/api/questions";
import type { Page, SiteLine, SubjectLine } from "@/api/types";
import { useOpen } from "@/components/Link";
import { useAsOf } from "@/view/asOf";
import { useView } from "@/view/store";
import { readRef } from "@/words/cells";
import { counted } from "@/words/numbers";

export interface Entry {
  id: string;
  sort: string;
  name: string;
  where?: string;
  go: () => void;
}

const AT_MOST = 40;
const EACH = 6;

const PARTS = [
  ["overview", "overview"],
  ["risk", "sites and their indicators"],
  ["clean", "subjects and what stands in their way"],
  ["what-if", "what-if"],
  ["reports", "reports"],
  ["files", "files"],
  ["findings", "findings"],
  ["sites", "site list"],
  ["subjects", "subject list"],
] as const;

export function fits(name: string, asked: string): boolean {
  const haystack = name.toLowerCase();
  return asked
    .toLowerCase()
    .split(/\s+/)
    .every((part) => haystack.includes(part));
}

export function useEntries(asked: string, study: string | undefined): { entries: Entry[]; searching: boolean } {
  const client = useClient();
  const asOf = useAsOf();
  const open = useOpen();
  const { setKeys, setTheme } = useView();
  const [late] = useDebouncedValue(asked.trim(), 180);
  const portfolio = useQuery(portfolioQuestion(client, asOf)).data;
  const tables = useQuery({ ...tablesQuestion(client, study ?? "", asOf), enabled: study !== undefined }).data;
  const definitions = useQuery({ ...definitionsQuestion(client), enabled: late.length >= 2 }).data;
  const studies = study === undefined ? (portfolio?.studies.map((one) => one.study_id) ?? []) : [study];
  const wanted = late.length >= 2 ? studies : [];

  const found = useQueries({
    queries: wanted.map((one) => ({
      queryKey: ["jump", one, late, asOf],
      staleTime: Infinity,
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const path = `/studies/${encodeURIComponent(one)}`;
        const parameters = { q: late, limit: EACH, as_of: asOf };
        const [sites, subjects] = await Promise.all([
          client.get<Page<SiteLine>>(`${path}/sites`, parameters, signal),
          client.get<Page<SubjectLine>>(`${path}/subjects`, parameters, signal),
        ]);
        return { study: one, sites: sites.items, subjects: subjects.items };
      },
    })),
  });

  const pages: Entry[] = [
    { id: "page-portfolio", sort: "page", name: "Portfolio", go: open.portfolio },
    { id: "page-data", sort: "page", name: "Data: files, receipts", go: () => open.data() },
    { id: "page-loads", sort: "page", name: "Data: loads", go: () => open.data({ view: "loads" }) },
    { id: "page-quarantined", sort: "page", name: "Data: quarantined files", go: () => open.data({ outcome: "quarantined" }) },
    { id: "page-refused", sort: "page", name: "Data: refused files", go: () => open.data({ outcome: "refused" }) },
    { id: "page-definitions", sort: "page", name: "Definitions: what each number means", go: () => open.definition() },
    { id: "page-keys", sort: "help", name: "Keys of this page", go: () => setKeys(true) },
    ...(["light", "dark", "system"] as const).map((theme) => ({ id: `theme-${theme}`, sort: "look", name: theme === "system" ? "Colours as the system has them" : `${theme === "dark" ? "Dark" : "Light"} colours`, go: () => setTheme(theme) })),
  ];
  const studyEntries = (portfolio?.studies ?? []).map((one): Entry => ({
    id: `study-${one.study_id}`,
    sort: "study",
    name: one.study_id,
    where: one.subjects === null ? "subjects unknown" : counted(one.subjects, "subject"),
    go: () => open.study(one.study_id),
  }));
  const parts = study === undefined ? [] : PARTS.map(([view, name]): Entry => ({ id: `part-${view}`, sort: "part", name: `${study}: ${name}`, where: study, go: () => open.study(study, { view }) }));
  const tableEntries = (tables ?? []).map((table): Entry => ({
    id: `table-${table.table}`,
    sort: "table",
    name: table.title,
    where: `${study ?? ""}, ${counted(table.rows, "row")}`,
    go: () => open.study(study ?? "", { view: "rows", table: table.table }),
  }));
  const spine = found.flatMap(({ data }) =>
    data === undefined
      ? []
      : [
          ...data.sites.map((site): Entry => ({ id: `site-${data.study}-${site.site_id}`, sort: "site", name: site.site_id, where: data.study, go: () => open.study(data.study, { view: "sites", filter: [`site_id:=${site.site_id}`] }) })),
          ...data.subjects.map((subject): Entry => ({
            id: `subject-${data.study}-${subject.subject_id}`,
            sort: "subject",
            name: subject.subject_id,
            where: [data.study, subject.site_id].filter(Boolean).join(", "),
            go: () => open.study(data.study, { view: "subjects", filter: [`subject_id:=${subject.subject_id}`] }),
          })),
        ],
  );
  const meanings = [...(definitions?.definitions ?? []).map((one) => ({ ...one, where: one.code })), ...(definitions?.gaps ?? []).map((one) => ({ ...one, where: "cannot be computed" }))]
    .filter((one) => asked.trim() !== "" && fits(`definition ${one.title} ${one.code}`, asked.trim()))
    .slice(0, EACH)
    .map(({ code, title, where }): Entry => ({ id: `definition-${code}`, sort: "meaning", name: title, where, go: () => open.definition(code) }));
  const ref = readRef(asked);
  const cell: Entry[] = ref ? [{ id: "cell", sort: "cell", name: asked.trim(), go: () => open.cell(asked.trim()) }] : [];
  const named = [...studyEntries, ...pages, ...parts, ...tableEntries].filter((entry) => asked.trim() === "" || fits(`${entry.sort} ${entry.name}`, asked.trim()));
  return { entries: [...cell, ...named, ...spine, ...meanings].slice(0, AT_MOST), searching: found.some((one) => one.isPending) || late !== asked.trim() };
}
