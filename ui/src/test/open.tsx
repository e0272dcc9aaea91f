/** Opens the whole application on an address, against a server that is a table of answers. */
import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { createClient } from "@/api/client";
import { App, makeQueryClient } from "@/app/App";
import * as answers from "./answers";
import { MEASURED } from "./measured";

export interface Asked {
  method: string;
  path: string;
  search: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Reply = unknown;
/** A path's answer: a value, a function of what was asked, or a failure. */
export type Answers = Record<string, Reply>;

export class Fails {
  constructor(
    readonly status: number,
    readonly what: string,
  ) {}
}

/** Never answers: the loading state stays. */
export const PENDING = Symbol("pending");

export const USUAL: Answers = {
  ...MEASURED,
  "GET /session": answers.session,
  "GET /snapshots": answers.page(answers.snapshots),
  "GET /portfolio": answers.portfolio,
  "GET /studies/Demo 1": answers.study,
  "GET /studies/Demo 1/tables": [answers.table],
  "GET /studies/Demo 1/findings": answers.page([answers.finding]),
  "GET /studies/Demo 1/sites": answers.page(answers.sites),
  "GET /studies/Demo 1/subjects": answers.page(answers.subjects),
  "GET /studies/Demo 1/rows/missing_page": answers.page(answers.rows),
  "GET /files": answers.page([answers.fileLine, answers.refused]),
  [`GET /files/${answers.FILE}`]: answers.fileDetail,
  [`GET /files/${answers.FILE}/sheets/1/lines`]: ({ search }: Asked) => answers.page(search.get("outcome") === "accepted" ? answers.accepted : answers.lines),
  [`GET /files/${answers.FILE}/sheets/2/lines`]: answers.page([]),
  [`GET /cells/${answers.FILE}:1:B4`]: answers.cellView,
};

export function server(table: Answers, log: Asked[]): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input), "http://localhost");
    const method = init?.method ?? "GET";
    const path = decodeURIComponent(url.pathname.replace("/api/v1", ""));
    const asked: Asked = { method, path, search: url.searchParams, body: typeof init?.body === "string" ? JSON.parse(init.body) : init?.body, headers: new Headers(init?.headers) };
    log.push(asked);
    const found = table[`${method} ${path}`];
    const reply: Reply = typeof found === "function" ? (found as (asked: Asked) => Reply)(asked) : found;
    if (reply === PENDING) return new Promise<Response>(() => undefined);
    if (reply instanceof Error) throw reply;
    const answer = (status: number, body: unknown) => new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
    const failure = (status: number, what: string) => answer(status, { error: { code: `NCDM${status}`, what, where: path, todo: "Run ncdm doctor.", request_id: "r-1" } });
    await Promise.resolve();
    if (reply instanceof Fails) return failure(reply.status, reply.what);
    if (reply === undefined) return failure(404, `Nothing at ${method} ${path}.`);
    return reply === null ? answer(204, null) : answer(method === "POST" && path === "/loads" ? 202 : 200, reply);
  };
}

export function open(address: string, table: Answers = {}, token: string | null = null) {
  const asked: Asked[] = [];
  const client = createClient(server({ ...USUAL, ...table }, asked));
  const queries = makeQueryClient(0);
  const history = createMemoryHistory({ initialEntries: [address] });
  const view = render(<App client={client} queries={queries} token={token} history={history} />);
  return { ...view, asked, history, queries };
}
