import { describe, expect, it } from "vitest";
import { createClient, Failure, query } from "./client";
import { everyItem } from "./questions";

const answering = (response: Response | Error, seen: [RequestInfo | URL, RequestInit | undefined][] = []) =>
  createClient((input, init) => {
    seen.push([input, init]);
    return response instanceof Error ? Promise.reject(response) : Promise.resolve(response);
  });

describe("the client", () => {
  it("asks below /api/v1 and leaves out what is not asked", async () => {
    const seen: [RequestInfo | URL, RequestInit | undefined][] = [];
    await answering(Response.json({}), seen).get("/files", { outcome: undefined, as_of: "3", filter: ["a:b", "c:d"], cursor: null });
    expect(seen[0]![0]).toBe("/api/v1/files?as_of=3&filter=a%3Ab&filter=c%3Ad");
  });
  it("marks what changes something as ours", async () => {
    const seen: [RequestInfo | URL, RequestInit | undefined][] = [];
    await answering(Response.json({}), seen).post("/session", { token: "t" });
    expect(new Headers(seen[0]![1]!.headers).get("x-ncdm")).toBe("1");
    expect(seen[0]![1]!.body).toBe('{"token":"t"}');
  });
  it("takes a file as it comes, and marks the asking as ours", async () => {
    const seen: [RequestInfo | URL, RequestInit | undefined][] = [];
    const file = await answering(new Response("PAR1"), seen).file("/exports", { format: "parquet" });
    expect(file.size).toBe(4);
    expect(seen[0]![0]).toBe("/api/v1/exports");
    expect(seen[0]![1]).toMatchObject({ method: "POST", body: '{"format":"parquet"}', headers: { "x-ncdm": "1", "content-type": "application/json" } });
  });
  it("hands on the server's own words", async () => {
    const problem = { code: "NCDM300", what: "No such study.", where: "Study 99", todo: "Look at the portfolio.", request_id: "r" };
    await expect(answering(Response.json({ error: problem }, { status: 404 })).get("/x")).rejects.toMatchObject({ status: 404, problem });
  });
  it("says something usable when the answer has no words", async () =>
    expect(await answering(new Response("<html>", { status: 502 })).get("/x").catch((cause: unknown) => cause)).toMatchObject({ status: 502, problem: { what: "The server answered 502 without a reason." } }));
  it("names a silent server", async () => {
    const cause = await answering(new TypeError("failed to fetch")).get("/x").catch((one: unknown) => one);
    expect(cause).toBeInstanceOf(Failure);
    expect((cause as Failure).problem.what).toBe("The server does not answer.");
  });
  it("reads a list to its end", async () => {
    const pages: Record<string, unknown> = { "": { items: [1, 2], next: "c", total: 3 }, c: { items: [3], next: null, total: 3 } };
    const client = createClient((input) => Promise.resolve(Response.json(pages[new URL(input as string, "http://h").searchParams.get("cursor") ?? ""])));
    expect(await everyItem<number>(client, "/x", {})).toEqual([1, 2, 3]);
  });
  it("writes no empty query", () => expect(query({ a: "" })).toBe(""));
});
