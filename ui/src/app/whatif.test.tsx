/** What-if: moving something shows at once what it would do; a link reopens it; versions are saved, opened and compared. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { violations } from "@/test/axe";
import { moved, nothing, plan, saved, scores, still } from "@/test/measuredWhatIf";
import { cleanSubjects, signals } from "@/test/measured";
import { type Answers, type Asked, Fails, open, PENDING } from "@/test/open";

const ADDRESS = "/studies/Demo%201?view=what-if";
const TABLE: Answers = {
  "GET /studies/Demo 1/what-if": plan,
  "GET /studies/Demo 1/versions": saved,
  "GET /studies/Demo 1/signals": scores,
  "POST /studies/Demo 1/what-if": ({ body }: Asked) => (JSON.stringify((body as { change: unknown }).change) === JSON.stringify(nothing) ? still : moved),
};
const tries = (asked: Asked[]) => asked.filter((one) => one.method === "POST" && one.path.endsWith("/what-if")).map((one) => one.body as { milestone: string; change: typeof nothing });
const line = async (name: RegExp) => within((await screen.findByRole("rowheader", { name })).closest("tr")!);

describe("What-if", () => {
  it("starts with nothing changed, and says so", async () => {
    const { container, asked } = open(ADDRESS, TABLE);
    expect(await (await line(/^Amber flags/)).findByText("no change")).toBeInTheDocument();
    expect(screen.getByText(/^Nothing is changed yet/)).toBeInTheDocument();
    expect(await screen.findByRole("img", { name: "3 sites with a score from 2.1 to 2.3: 3 from amber on, 0 from red on" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Save as a version" })).toBeDisabled();
    expect(tries(asked)).toEqual([{ milestone: "database_lock", change: nothing }]);
    expect(asked.find((one) => one.method === "POST")!.search.get("as_of")).toBe("2");
    expect(await violations(container)).toEqual([]);
  });

  it("shows what a threshold would do, with the sites, the subjects and the work behind it", async () => {
    const { container, asked, history } = open(ADDRESS, TABLE);
    const amber = await screen.findByRole("textbox", { name: "Amber from a score of" });
    await userEvent.clear(amber);
    await userEvent.type(amber, "2.5");
    await userEvent.tab();
    expect(await (await line(/^Amber flags/)).findByText("3 fewer")).toBeInTheDocument();
    expect((await line(/^Clean subjects/)).getByText("1 more")).toBeInTheDocument();
    expect((await line(/^Items in the way/)).getByText("5 fewer")).toBeInTheDocument();
    expect((await line(/^Expected false flags/)).getByText("0.12 fewer")).toBeInTheDocument();
    expect(within(screen.getByRole("list", { name: "Flagged no more" })).getByText("Site 3")).toBeInTheDocument();
    expect(within(screen.getByRole("list", { name: /^Asked no more, and not clear/ })).getByText("Site 9")).toBeInTheDocument();
    expect(within(screen.getByRole("list", { name: "Would be clean" })).getByText("Subject 7")).toBeInTheDocument();
    expect(tries(asked).at(-1)!.change).toEqual({ ...nothing, limits: { op01: { amber: 2.5, red: 3, accrual: null } } });
    expect(new URLSearchParams(history.location.search).get("change")).toBe("l.op01=2.5,3");
    expect(await violations(container)).toEqual([]);
  });

  it("waits until nothing moves: one question for a drag", async () => {
    const { asked } = open(ADDRESS, TABLE);
    const slider = await screen.findByRole("slider", { name: "Red from a score of, slider" });
    await line(/^Amber flags/);
    for (const value of ["3.1", "3.2", "3.3", "3.4"]) fireEvent.change(slider, { target: { value } });
    expect(screen.getByRole("textbox", { name: /^Red from a score of/ })).toHaveValue("3.4");
    await waitFor(() => expect(tries(asked)).toHaveLength(2));
    expect(tries(asked).at(-1)!.change.limits["op01"]!.red).toBe(3.4);
  });

  it("reopens a link, and goes back to what is published", async () => {
    const { asked, history } = open(`${ADDRESS}&milestone=own&change=g.own%3DV%3Bw.queries%3D0.3%3Bt.ITT%3D0.9%3Bl.op09%3D1%2C2%2C20%3Bc.deviations%3D2`, TABLE);
    await line(/^Amber flags/);
    expect(tries(asked)).toEqual([{ milestone: "own", change: { limits: { op09: { amber: 1, red: 2, accrual: 20 } }, weights: { queries: 0.3 }, caps: { deviations: 2 }, gates: { own: ["V"] }, targets: { ITT: 0.9 } } }]);
    expect(screen.getByRole("checkbox", { name: /No missing visit/ })).toBeChecked();
    expect(screen.getByRole("checkbox", { name: /No outstanding query \(left out\)/ })).not.toBeChecked();
    expect(screen.getByRole("textbox", { name: /^Queries \(published 60 %\)/ })).toHaveValue("30");
    await userEvent.click(screen.getByRole("button", { name: "Back to what is published" }));
    await waitFor(() => expect(new URLSearchParams(history.location.search).get("change")).toBeNull());
    expect(new URLSearchParams(history.location.search).get("milestone")).toBe("own");
  });

  it("says which part of a link it cannot read", async () => {
    open(`${ADDRESS}&change=l.op01%3Dmany%3Bt.ITT%3D0.9`, TABLE);
    expect(await screen.findByText(/could not be read and is left out: l.op01=many/)).toBeInTheDocument();
  });

  it("asks for a gate more or less, and tells a milestone without any", async () => {
    const { asked } = open(ADDRESS, TABLE);
    await userEvent.click(await screen.findByRole("checkbox", { name: /Every SAE review completed/ }));
    await waitFor(() => expect(tries(asked).at(-1)!.change.gates).toEqual({ database_lock: ["V", "Q", "S"] }));
    for (const name of [/No missing visit/, /No outstanding query/, /Every SAE review/]) await userEvent.click(screen.getByRole("checkbox", { name }));
    expect(screen.getByText(/A milestone that asks for nothing is none/)).toBeInTheDocument();
  });

  it("keeps what is no number in its field, and changes nothing", async () => {
    const { asked } = open(ADDRESS, TABLE);
    const amber = await screen.findByRole("textbox", { name: "Amber from a score of" });
    await line(/^Amber flags/);
    await userEvent.clear(amber);
    await userEvent.type(amber, "many");
    expect(amber).toHaveAttribute("aria-invalid", "true");
    expect(screen.getByText("Give a number of 0 or more.")).toBeInTheDocument();
    await userEvent.tab();
    expect(amber).toHaveValue("2");
    expect(tries(asked)).toHaveLength(1);
  });

  it("opens the number of each side to what it is made of", async () => {
    open(`${ADDRESS}&change=l.op01%3D2.5%2C3`, TABLE);
    await userEvent.click(await screen.findByRole("button", { name: /^Clean subjects, Demo 1, Database lock, with the change: 2 of 4/ }));
    const panel = within(screen.getByRole("complementary", { name: "Evidence: Clean subjects" }));
    expect(panel.getByText(/Unknown is not clean/)).toBeInTheDocument();
    expect(panel.getByText("On Trial, of 4")).toBeInTheDocument();
    expect(screen.getAllByRole("button", { name: /^Clean on submitted data, .*: unknown: A gate is unknown/ })).toHaveLength(2);
  });

  it("opens a changed count to the subjects who changed, and each side to its own", async () => {
    open(`${ADDRESS}&change=g.database_lock%3DV`, { ...TABLE, "GET /studies/Demo 1/clean/subjects": cleanSubjects });
    const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));
    const listed = async () => {
      await evidence().findByRole("status");
      return evidence().getAllByRole("link", { name: /^Subject/ }).map((link) => link.textContent);
    };
    // At the lock V, Q and S: 11 alone is clean. With V alone also 7, who only has queries, and 12, of whom only those are unknown.
    await userEvent.click(await screen.findByRole("button", { name: /^Changed: clean, Demo 1, Database lock: 1 more/ }));
    expect(await listed()).toEqual(["Subject 7", "Subject 12"]);
    await userEvent.click(evidence().getByRole("button", { name: "Only as published" }));
    expect(await evidence().findByText("No subject here")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: /^Clean subjects, Demo 1, Database lock, as published/ }));
    expect(await listed()).toEqual(["Subject 11"]);
    await userEvent.click(screen.getByRole("button", { name: /^Clean subjects, Demo 1, Database lock, with the change/ }));
    expect(await listed()).toEqual(["Subject 7", "Subject 11", "Subject 12"]);
    await userEvent.click((await line(/^One step from clean/)).getAllByRole("button")[1]!);
    expect(await listed()).toEqual(["Subject 10"]);
  });

  it("opens a target to the members it asks, what is expected by chance to its sites and their chance, and a difference to both sides", async () => {
    open(`${ADDRESS}&change=l.op01%3D2.5%2C3`, { ...TABLE, "GET /studies/Demo 1/signals": signals, "GET /studies/Demo 1/clean/subjects": cleanSubjects });
    const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));
    // 7 and 10 are members; with V alone asked only 10, who lacks a visit, is not clean.
    await userEvent.click(await screen.findByRole("button", { name: /^Target of Intention to treat, Demo 1, Database lock, with the change/ }));
    await userEvent.click(evidence().getByRole("button", { name: "Members not clean" }));
    expect((await evidence().findAllByRole("link", { name: /^Subject/ })).map((link) => link.textContent)).toEqual(["Subject 10"]);
    await userEvent.click((await screen.findAllByRole("button", { name: /^Expected false flags of Query rate, Demo 1, with the change: 0.1/ }))[0]!);
    expect(evidence().getByRole("button", { name: /^Chance of a flag at a healthy site, Demo 1, with the change: 3.3 %/ })).toBeInTheDocument();
    await userEvent.click(evidence().getByRole("button", { name: /^Sites with a score by Query rate, Demo 1, with the change: 3/ }));
    expect(await evidence().findByRole("status")).toHaveTextContent(/with a score$/);
    await userEvent.click(screen.getByRole("button", { name: /^Changed: Amber flags, Demo 1: 3 fewer/ }));
    expect(evidence().getByRole("button", { name: "Amber flags, Demo 1, as published: 3" })).toBeInTheDocument();
  });

  it("opens work to its rows, a flag to its sites, and a band to its sites and their indicators", async () => {
    const { asked } = open(`${ADDRESS}&change=l.op01%3D2.5%2C3`, { ...TABLE, "GET /studies/Demo 1/signals": signals });
    const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));
    await userEvent.click(await screen.findByRole("button", { name: /^Items that wait for Site\/CRA, .*, with the change: 2/ }));
    expect(await evidence().findByRole("link", { name: "line 3" })).toBeInTheDocument();
    expect([...asked.at(-1)!.search].filter(([name]) => name !== "as_of")).toEqual([["milestone", "database_lock"], ["criterion", "V"], ["owner", "Site/CRA"], ["limit", "1000"]]);
    await userEvent.click(screen.getByRole("button", { name: /^Red flags of Query rate, Demo 1, with the change/ }));
    expect(await evidence().findByRole("link", { name: "Site 9" })).toBeInTheDocument();
    expect(evidence().queryByRole("link", { name: "Site 10" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: /^Sites in the yellow band, Demo 1, with the change: 3/ }));
    await userEvent.click(evidence().getByRole("button", { name: /^Data Quality Index, Demo 1, Site 9, with the change/ }));
    expect(await evidence().findByText("2 indicators, points off")).toBeInTheDocument();
    expect(asked.at(-1)!.search.get("group")).toBe("Site 9");
  });

  it("saves a version with author and reason, and says who is believed", async () => {
    const { asked } = open(`${ADDRESS}&change=l.op01%3D2.5%2C3`, { ...TABLE, "POST /studies/Demo 1/versions": { ...saved[0]!, number: 3 } });
    const save = await screen.findByRole("button", { name: "Save as a version" });
    await screen.findByText(/Say who you are and why/);
    expect(screen.getByText(/nobody is asked to prove it/)).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox", { name: "Author" }), "C. Author");
    await userEvent.type(screen.getByRole("textbox", { name: "Reason" }), "Fewer false flags");
    await userEvent.click(save);
    expect(await screen.findByText(/Saved as version 3/)).toBeInTheDocument();
    const offer = asked.find((one) => one.method === "POST" && one.path.endsWith("/versions"))!;
    expect(offer.headers.get("x-ncdm")).toBe("1");
    expect(offer.body).toEqual({ author: "C. Author", reason: "Fewer false flags", milestone: "database_lock", change: { ...nothing, limits: { op01: { amber: 2.5, red: 3, accrual: null } } } });
    expect(asked.filter((one) => one.method === "GET" && one.path.endsWith("/versions"))).toHaveLength(2);
  });

  it("says why a version was not saved", async () => {
    open(`${ADDRESS}&change=l.op01%3D2.5%2C3`, { ...TABLE, "POST /studies/Demo 1/versions": new Fails(507, "The disk is full.") });
    await userEvent.type(await screen.findByRole("textbox", { name: "Author" }), "C");
    await userEvent.type(screen.getByRole("textbox", { name: "Reason" }), "Why");
    await userEvent.click(screen.getByRole("button", { name: "Save as a version" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Not saved: The disk is full.");
  });

  it("lists versions with what differs, opens one and sets one beside", async () => {
    const { asked, history, container } = open(ADDRESS, TABLE);
    const list = within(await screen.findByRole("table", { name: "Saved versions" }));
    expect(list.getByText("Query rate (op01): amber from 2.5, red from 3")).toBeInTheDocument();
    expect(list.getByText("Database lock: without Q")).toBeInTheDocument();
    expect(list.getByText(/What is published has changed since/)).toBeInTheDocument();
    await userEvent.click(list.getByRole("button", { name: "Compare version 2" }));
    expect(await screen.findByRole("columnheader", { name: "Version 2" })).toBeInTheDocument();
    expect((await line(/^Amber flags/)).getAllByRole("button").map((one) => one.textContent)).toEqual(["3", "3", "0"]);
    expect(await violations(container)).toEqual([]);
    await userEvent.click(list.getByRole("button", { name: "Open version 1" }));
    await waitFor(() => expect(new URLSearchParams(history.location.search).get("change")).toBe("g.own=S;t.ITT=0.9"));
    expect(tries(asked).at(-1)!.milestone).toBe("own");
    expect(await list.findByText("open")).toBeInTheDocument();
  });

  it("says when no version is saved", async () => {
    open(ADDRESS, { ...TABLE, "GET /studies/Demo 1/versions": [] });
    expect(await screen.findByText("No version is saved yet")).toBeInTheDocument();
  });

  it("keeps its layout while loading, and the controls while it is worked out", async () => {
    open(ADDRESS, { ...TABLE, "GET /studies/Demo 1/what-if": PENDING });
    expect(await screen.findByText("Loading what can be changed")).toBeInTheDocument();
    open(ADDRESS, { ...TABLE, "POST /studies/Demo 1/what-if": PENDING });
    expect(await screen.findByText("Loading what would change")).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: "Amber from a score of" })).toBeInTheDocument();
  });

  it("says what failed, keeps the controls, and recovers", async () => {
    let broken = true;
    const { container } = open(ADDRESS, { ...TABLE, "POST /studies/Demo 1/what-if": () => (broken ? new Fails(422, "The thresholds 3 and 2 do not rise.") : still) });
    expect(await screen.findByRole("alert")).toHaveTextContent("The thresholds 3 and 2 do not rise.");
    expect(screen.getByRole("textbox", { name: "Amber from a score of" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await line(/^Amber flags/)).toBeTruthy();
  });
});
