/** Every question the pages ask, with the key it is remembered under. A snapshot never changes, so its answers never go stale. */

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Client, type Parameters, query } from "./client";
import type * as Api from "./types";

export const PAGE_SIZE = 500;

/** The snapshot every read of a page is made at; undefined while the store is still empty. */
export type AsOf = string | undefined;

const FOREVER = { staleTime: Infinity } as const;

function studyPath(study: string): string {
  return `/studies/${encodeURIComponent(study)}`;
}

/** A list that is fetched page by page as it is scrolled. */
function list<Item>(client: Client, path: string, parameters: Parameters) {
  return infiniteQueryOptions({
    queryKey: ["list", path, parameters],
    queryFn: ({ pageParam, signal }) => client.get<Api.Page<Item>>(path, { limit: PAGE_SIZE, ...parameters, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Api.Page<Item>) => last.next,
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
}

export const sessionQuestion = (client: Client) =>
  queryOptions({ queryKey: ["session"], queryFn: () => client.get<Api.Session | null>("/session"), retry: false, staleTime: Infinity });

export const healthQuestion = (client: Client) =>
  queryOptions({ queryKey: ["health"], queryFn: () => client.get<{ status: string; version: string }>("/health"), retry: false, staleTime: Infinity });

export const snapshotsQuestion = (client: Client) =>
  queryOptions({
    queryKey: ["snapshots"],
    queryFn: ({ signal }) => client.get<Api.Page<Api.Snapshot>>("/snapshots", { limit: 200 }, signal),
    refetchInterval: 15_000,
    refetchIntervalInBackground: false,
    staleTime: 10_000,
  });

export const portfolioQuestion = (client: Client, asOf: AsOf) =>
  queryOptions({ queryKey: ["portfolio", asOf], queryFn: ({ signal }) => client.get<Api.Portfolio>("/portfolio", { as_of: asOf }, signal), ...FOREVER });

export const studyQuestion = (client: Client, study: string, asOf: AsOf) =>
  queryOptions({ queryKey: ["study", study, asOf], queryFn: ({ signal }) => client.get<Api.Study>(studyPath(study), { as_of: asOf }, signal), ...FOREVER });

export const tablesQuestion = (client: Client, study: string, asOf: AsOf) =>
  queryOptions({
    queryKey: ["tables", study, asOf],
    queryFn: ({ signal }) => client.get<Api.TableLine[]>(`${studyPath(study)}/tables`, { as_of: asOf }, signal),
    ...FOREVER,
  });

export const findingsQuestion = (client: Client, study: string, asOf: AsOf, code?: string) =>
  list<Api.Finding>(client, `${studyPath(study)}/findings`, { as_of: asOf, code });

export const sitesQuestion = (client: Client, study: string, asOf: AsOf, q?: string, limit?: number) =>
  list<Api.SiteLine>(client, `${studyPath(study)}/sites`, { as_of: asOf, q, ...(limit ? { limit } : {}) });

export const subjectsQuestion = (client: Client, study: string, asOf: AsOf, q?: string, limit?: number) =>
  list<Api.SubjectLine>(client, `${studyPath(study)}/subjects`, { as_of: asOf, q, ...(limit ? { limit } : {}) });

export interface RowsAsked {
  sort?: string | undefined;
  filter?: readonly string[] | undefined;
}

export const rowsQuestion = (client: Client, study: string, table: string, asOf: AsOf, asked: RowsAsked = {}) =>
  list<Api.Row>(client, rowsPath(study, table), { as_of: asOf, sort: asked.sort, filter: asked.filter });

export const filesQuestion = (client: Client, asOf: AsOf, asked: { outcome?: string | undefined; study_id?: string | undefined } = {}) =>
  list<Api.FileLine>(client, "/files", { as_of: asOf, ...asked });

export const fileQuestion = (client: Client, file: string, asOf: AsOf) =>
  queryOptions({
    queryKey: ["file", file, asOf],
    queryFn: ({ signal }) => client.get<Api.FileDetail>(`/files/${encodeURIComponent(file)}`, { as_of: asOf }, signal),
    ...FOREVER,
  });

export const linesQuestion = (client: Client, file: string, sheet: number, asOf: AsOf, outcome?: string) =>
  list<Api.Line>(client, `/files/${encodeURIComponent(file)}/sheets/${sheet}/lines`, { as_of: asOf, outcome });

export const cellQuestion = (client: Client, ref: string, asOf: AsOf, around = 20) =>
  queryOptions({
    queryKey: ["cell", ref, asOf, around],
    queryFn: ({ signal }) => client.get<Api.CellView>(`/cells/${encodeURIComponent(ref)}`, { as_of: asOf, around }, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });

export const loadQuestion = (client: Client, load: string) =>
  queryOptions({
    queryKey: ["load", load],
    queryFn: ({ signal }) => client.get<Api.Load>(`/loads/${encodeURIComponent(load)}`, {}, signal),
    refetchInterval: (question) => {
      const state = question.state.data?.state;
      return state === "done" || state === "failed" ? false : 700;
    },
    staleTime: 0,
  });

export const definitionsQuestion = (client: Client) =>
  queryOptions({ queryKey: ["definitions"], queryFn: ({ signal }) => client.get<Api.Definitions>("/definitions", {}, signal), ...FOREVER });

export const portfolioMeasuresQuestion = (client: Client, asOf: AsOf) =>
  queryOptions({ queryKey: ["portfolio measures", asOf], queryFn: ({ signal }) => client.get<Api.StudyMeasures[]>("/portfolio/measures", { as_of: asOf }, signal), ...FOREVER });

/** One answer about the measures of a study at a snapshot. */
function measured<Answer>(client: Client, study: string, asOf: AsOf, path: string, parameters: Parameters = {}) {
  return queryOptions({
    queryKey: ["measured", study, asOf, path, parameters],
    queryFn: ({ signal }) => client.get<Answer>(`${studyPath(study)}${path}`, { as_of: asOf, ...parameters }, signal),
    ...FOREVER,
  });
}

export const LOCK = "database_lock";

export const cleanQuestion = (client: Client, study: string, asOf: AsOf, milestone: string = LOCK) => measured<Api.Clean>(client, study, asOf, "/clean", { milestone });

export const cleanSubjectsQuestion = (client: Client, study: string, asOf: AsOf, milestone: string = LOCK) => measured<Api.CleanSubjects>(client, study, asOf, "/clean/subjects", { milestone });

export const cleanSubjectQuestion = (client: Client, study: string, asOf: AsOf, subject: string, milestone: string = LOCK) =>
  measured<Api.CleanSubject>(client, study, asOf, "/clean/subject", { subject, milestone });

export const cleanWorkQuestion = (client: Client, study: string, asOf: AsOf, milestone: string = LOCK) => measured<Api.CleanWork>(client, study, asOf, "/clean/work", { milestone });

/** The rows of a part of the work, as many as the evidence panel lists. */
export const cleanWorkRowsQuestion = (client: Client, study: string, asOf: AsOf, milestone: string, asked: Parameters) =>
  measured<Api.WorkRows>(client, study, asOf, "/clean/work/rows", { milestone, ...asked, limit: 1000 });

export const qualityQuestion = (client: Client, study: string, asOf: AsOf, level: string, index = "default") => measured<Api.Quality>(client, study, asOf, "/quality", { level, index });

export const waterfallQuestion = (client: Client, study: string, asOf: AsOf, level = "study", group?: string, index = "default") =>
  measured<Api.Waterfall>(client, study, asOf, "/quality/waterfall", { level, group, index });

export const signalsQuestion = (client: Client, study: string, asOf: AsOf, level = "site", method = "calibrated") => measured<Api.Signals>(client, study, asOf, "/signals", { level, method });

export const kriQuestion = (client: Client, study: string, asOf: AsOf, code: string, level = "site", method = "calibrated") =>
  measured<Api.KriDetail>(client, study, asOf, `/signals/${encodeURIComponent(code)}`, { level, method });

export const changesQuestion = (client: Client, study: string, asOf: AsOf, milestone: string = LOCK) => measured<Api.Changes>(client, study, asOf, "/changes", { milestone });

export const forecastQuestion = (client: Client, study: string, asOf: AsOf, milestone: string = LOCK) => measured<Api.Forecast>(client, study, asOf, "/forecast", { milestone });

/** The rows behind a number, part by part; the rows of each part are fetched a window at a time. */
export const evidenceQuestion = (client: Client, study: string, asOf: AsOf, code: string, level = "study", group?: string, limit = 200) =>
  measured<Api.EvidencePart[]>(client, study, asOf, `/evidence/${encodeURIComponent(code)}`, { level, group, limit });

export const planQuestion = (client: Client, study: string, asOf: AsOf) => measured<Api.WhatIfPlan>(client, study, asOf, "/what-if");

/** Asked with a body, since a change is too long for an address; the answer depends on nothing else, so it is remembered like a read. */
export const whatIfQuestion = (client: Client, study: string, asOf: AsOf, milestone: string, change: Api.WhatIfChange) =>
  queryOptions({
    queryKey: ["what if", study, asOf, milestone, change],
    queryFn: () => client.post<Api.WhatIf>(`${studyPath(study)}/what-if${query({ as_of: asOf })}`, { milestone, change }),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });

/** Versions are appended by anybody at any time, whatever snapshot is looked at. */
export const versionsQuestion = (client: Client, study: string) =>
  queryOptions({ queryKey: ["versions", study], queryFn: ({ signal }) => client.get<Api.SavedVersion[]>(`${studyPath(study)}/versions`, {}, signal), staleTime: 10_000 });

export const saveVersion = (client: Client, study: string, asOf: AsOf, offer: { milestone: string; change: Api.WhatIfChange; author: string; reason: string }) =>
  client.post<Api.SavedVersion>(`${studyPath(study)}/versions${query({ as_of: asOf })}`, offer);

/** All pages of a list, one after another: what an export needs. */
export async function everyItem<Item>(client: Client, path: string, parameters: Parameters): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Api.Page<Item> = await client.get<Api.Page<Item>>(path, { limit: 1000, ...parameters, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

export function rowsPath(study: string, table: string): string {
  return `${studyPath(study)}/rows/${encodeURIComponent(table)}`;
}
