import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Failure } from "@/api/client";
import { Frame } from "@/app/App";
import type { Evidence } from "@/view/evidence";
import { useView } from "@/view/store";
import { Answered, Failed, Guard } from "./Conditions";
import { Figure, spoken } from "./Figure";
import { Live } from "./Live";
import { Receipt } from "./Receipt";

const inFrame = (part: ReactNode) => render(<Frame>{part}</Frame>);
const EVIDENCE: Evidence = { title: "Rows", scope: "Demo 1", value: 1327, definition: "d", asOf: "2025-11-14" };

describe("Figure", () => {
  it("opens its evidence", async () => {
    inFrame(<Figure evidence={EVIDENCE} />);
    await userEvent.click(screen.getByRole("button", { name: "Rows, Demo 1: 1,327, as of 14 Nov 2025" }));
    expect(useView.getState().evidence).toEqual([EVIDENCE]);
  });
  it("never shows unknown as zero, and says why", () => {
    inFrame(<Figure evidence={{ ...EVIDENCE, value: null, unknown: "No such report was delivered." }} />);
    const figure = screen.getByRole("button", { name: /unknown: No such report was delivered/ });
    expect(figure).toHaveTextContent("unknown");
    expect(figure).not.toHaveTextContent("0");
    expect(figure).toHaveClass("hatched");
  });
  it("says at least where parts are unknown, and that a date is assumed", () =>
    expect(spoken({ ...EVIDENCE, lowerBound: true, asOfAssumed: true })).toBe("Rows, Demo 1: at least 1,327, as of 14 Nov 2025 (assumed)"));
  it("says a change with sign and word", () => {
    inFrame(<Figure evidence={EVIDENCE} changed={-3} />);
    expect(screen.getByText("\u22123, 3 fewer")).toBeInTheDocument();
  });
});

describe("Receipt", () => {
  const counts = { read: 120, accepted: 100, rejected: 4, setAside: 16, quarantined: 0 };
  it("adds up", () => {
    inFrame(<Receipt counts={counts} />);
    expect(screen.getByRole("img", { name: "120 read = 100 accepted + 4 rejected + 16 set aside" })).toBeInTheDocument();
    expect(screen.queryByText("does not add up")).not.toBeInTheDocument();
  });
  it("says loudly when it does not", () => {
    inFrame(<Receipt counts={{ ...counts, setAside: 6 }} />);
    expect(screen.getByText("does not add up")).toBeInTheDocument();
    expect(screen.getByText(/10 lines not accounted for/)).toBeInTheDocument();
  });
});

describe("Live", () => {
  it("offers new data and waits for the click", async () => {
    const show = vi.fn();
    inFrame(<Live changedAt={Date.now() - 12_000} silentSince={null} newer={1} onShow={show} />);
    expect(screen.getByText("changed 12 s ago")).toBeInTheDocument();
    expect(show).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "New data: show" }));
    expect(show).toHaveBeenCalledOnce();
  });
  it("says that it reconnects, and for how long", () => {
    inFrame(<Live changedAt={null} silentSince={Date.now() - 180_000} newer={0} onShow={() => undefined} />);
    expect(screen.getByText("reconnecting, silent for 3 min")).toBeInTheDocument();
  });
});

describe("Failed", () => {
  const cause = new Failure(503, { code: "NCDM610", what: "The disk disagrees.", where: "snapshot 2", todo: "Run ncdm doctor.", request_id: "r-9" });
  it("says what, where, what to do, what still works, and retries", async () => {
    const retry = vi.fn();
    inFrame(<Failed what="The portfolio" cause={cause} works="The Data page." retry={retry} />);
    for (const words of ["The portfolio could not be shown", "The disk disagrees.", "snapshot 2", "Run ncdm doctor.", "The Data page.", "r-9"]) expect(screen.getByRole("alert")).toHaveTextContent(words);
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(retry).toHaveBeenCalledOnce();
  });
});

describe("Answered", () => {
  it("keeps an answer on the screen when a later try fails", () => {
    inFrame(<Answered question={{ data: "the answer", error: new Error("later"), isPending: false, refetch: () => undefined }} what="it">{(answer) => answer}</Answered>);
    expect(screen.getByText("the answer")).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
});

describe("Guard", () => {
  afterEach(() => vi.restoreAllMocks());
  it("keeps a panel's fault in that panel and lets it be tried again", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    let broken = true;
    const Part = () => {
      if (broken) throw new Error("bad value");
      return <p>whole again</p>;
    };
    inFrame(
      <>
        <p>the page</p>
        <Guard what="The panel">
          <Part />
        </Guard>
      </>,
    );
    expect(screen.getByText("the page")).toBeInTheDocument();
    expect(screen.getByRole("alert")).toHaveTextContent("bad value");
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(screen.getByText("whole again")).toBeInTheDocument();
  });
});
