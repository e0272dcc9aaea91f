/** The work in bulk on fictional answers: by action and by owner, its rows, and the other states. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { violations } from "@/test/axe";
import { cleanSubjects, cleanWork, PATHS, workRows } from "@/test/measuredSubjects";
import { type Answers, Fails, open, PENDING } from "@/test/open";

const AT = "/studies/Demo%201?view=clean&by=action";
const FULL: Answers = { [PATHS.subjects]: cleanSubjects, [PATHS.work]: cleanWork, [PATHS.workRows]: workRows };
const SLOW = { timeout: 5_000 };

const grid = (name: RegExp) => screen.findByRole("grid", { name }, SLOW).then((found) => within(found));
const names = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

describe("The work", () => {
  it("is told by next action, with who, what says so, how much, and how old", async () => {
    const { container } = open(AT, FULL);
    const actions = await grid(/^Next actions of Demo 1 at database lock/);
    expect(names()).toEqual(["Answer the query.", "Enter the visit."]);
    expect(actions.getByRole("button", { name: "Answer the query. CRA: 1,038 items" })).toBeInTheDocument();
    expect(actions.getByText("workbook")).toHaveAttribute("title", expect.stringContaining("names who is responsible"));
    expect(actions.getByRole("button", { name: "Enter the visit. Site/CRA: 3 items of unknown age" })).toBeInTheDocument();
    expect(actions.getByText("unknown")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("opens each action to exactly its rows, and says when not all are listed", async () => {
    const { asked } = open(AT, FULL);
    await userEvent.click((await grid(/^Next actions/)).getByRole("button", { name: "Enter the visit. Site/CRA: 3 items" }));
    const evidence = within(await screen.findByRole("complementary", { name: "Evidence: Enter the visit." }));
    expect(evidence.getByText("No missing visit: 3 items of 2 subjects at 1 site wait for Site/CRA.")).toBeInTheDocument();
    expect(evidence.getByText("The age of 3 items is unknown.")).toBeInTheDocument();
    expect(await evidence.findByText("3 rows, 3 items; the oldest 2 are listed")).toBeInTheDocument();
    expect(evidence.getAllByRole("link").map((link) => link.textContent)).toEqual(expect.arrayContaining(["line 5", "line 6"]));
    expect(asked.find(({ path }) => path.endsWith("/rows"))?.search.toString()).toBe("as_of=2&milestone=database_lock&criterion=V&action=Enter+the+visit.&owner=Site%2FCRA&owner_source=default&limit=1000");
  });

  it("says why, when the rows cannot be read", async () => {
    open(AT, { ...FULL, [PATHS.workRows]: new Fails(503, "The store does not agree.") });
    await userEvent.click((await grid(/^Next actions/)).getByRole("button", { name: "Answer the query. CRA: its rows" }));
    expect(await screen.findByText("The store does not agree.")).toBeInTheDocument();
  });

  it("is told by owner, and an owner opens to its actions", async () => {
    const { container, history } = open("/studies/Demo%201?view=clean", FULL);
    await grid(/^Subjects of Demo 1/);
    await userEvent.selectOptions(screen.getByLabelText("By"), "owner");
    const owners = await grid(/^Owners of Demo 1/);
    expect(names()).toEqual(["CRA", "Site/CRA"]);
    expect(owners.getByText("1,038", { selector: "b" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    await userEvent.click(owners.getByRole("button", { name: "Site/CRA: the actions" }));
    await grid(/^Next actions/);
    expect(names()).toEqual(["Enter the visit."]);
    expect(history.location.search).toContain("by=action");
    expect(screen.getByText("1 of 2 actions")).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("By"), "subject");
    await grid(/^Subjects of Demo 1/);
    await waitFor(() => expect(history.location.search).toBe("?view=clean"));
  });

  it("keeps its place while loading, says that nothing is to be done, and what failed", async () => {
    const loading = open(AT, { ...FULL, [PATHS.work]: PENDING });
    expect(await screen.findByText("Loading the work", {}, SLOW)).toBeInTheDocument();
    loading.unmount();
    const nothing = open(AT, { ...FULL, [PATHS.work]: { ...cleanWork, actions: [], owners: [] } });
    expect(await screen.findByText("Nothing known is to be done", {}, SLOW)).toBeInTheDocument();
    expect(await violations(nothing.container)).toEqual([]);
    nothing.unmount();
    open(AT, { ...FULL, [PATHS.work]: new Fails(500, "Something unexpected happened.") });
    expect(await screen.findByText("Something unexpected happened.", {}, SLOW)).toBeInTheDocument();
  });
});
