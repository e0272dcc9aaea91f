/** The one seam to the server: every call goes through here; tests pass another `fetch`. */

import type { Problem } from "./types";

const PREFIX = "/api/v1";

/** A page of another origin cannot send this header without asking first, so whatever changes something must carry it. */
const OURS = { "x-ncdm": "1" };

/** What went wrong, in the server's own words where it gave them. */
export class Failure extends Error {
  readonly status: number;
  readonly problem: Problem;
  readonly at: number;

  constructor(status: number, problem: Problem) {
    super(problem.what);
    this.name = "Failure";
    this.status = status;
    this.problem = problem;
    this.at = Date.now();
  }
}

export type Parameters = Readonly<Record<string, string | number | readonly string[] | null | undefined>>;

export interface Client {
  get<Answer>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<Answer>;
  post<Answer>(path: string, body: FormData | object): Promise<Answer>;
  /** Posts, and takes the answer as a file. */
  file(path: string, body: object): Promise<Blob>;
  remove(path: string): Promise<void>;
}

export function query(parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") continue;
    if (typeof value === "object") value.forEach((one) => search.append(name, one));
    else search.append(name, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

function unreachable(cause: unknown): Failure {
  return new Failure(0, {
    code: "unreachable",
    what: "The server does not answer.",
    where: cause instanceof Error ? cause.message : "",
    todo: "Check that the server is running; what is already on the page stays readable.",
    request_id: "",
  });
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    code: String(response.status),
    what: `The server answered ${response.status} without a reason.`,
    where: response.url,
    todo: "Retry; if it happens again, look into the server's log.",
    request_id: response.headers.get("x-request-id") ?? "",
  };
  try {
    const body = (await response.json()) as { error?: Partial<Problem> };
    return { ...fallback, ...body.error };
  } catch {
    return fallback;
  }
}

export function createClient(send: typeof fetch = (input, init) => fetch(input, init)): Client {
  async function call(path: string, { headers, ...init }: Omit<RequestInit, "headers"> & { headers?: Record<string, string> }): Promise<Response> {
    let response: Response;
    try {
      response = await send(`${PREFIX}${path}`, { credentials: "same-origin", ...init, headers: { accept: "application/json", ...headers } });
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
      throw unreachable(cause);
    }
    if (!response.ok) throw new Failure(response.status, await problemOf(response));
    return response;
  }
  return {
    async get<Answer>(path: string, parameters?: Parameters, signal?: AbortSignal) {
      const response = await call(`${path}${query(parameters)}`, signal ? { signal } : {});
      return (await response.json()) as Answer;
    },
    async post<Answer>(path: string, body: FormData | object) {
      const response =
        body instanceof FormData
          ? await call(path, { method: "POST", body, headers: OURS })
          : await call(path, { method: "POST", body: JSON.stringify(body), headers: { ...OURS, "content-type": "application/json" } });
      return (response.status === 204 ? undefined : await response.json()) as Answer;
    },
    async file(path, body) {
      const response = await call(path, { method: "POST", body: JSON.stringify(body), headers: { ...OURS, "content-type": "application/json", accept: "*/*" } });
      return response.blob();
    },
    async remove(path) {
      await call(path, { method: "DELETE", headers: OURS });
    },
  };
}
