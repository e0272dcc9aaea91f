import { describe, expect, it } from "vitest";
import { formOf, fromTransfer } from "./dropped";

const file = (name: string) => new File(["x"], name);
const fileEntry = (fullPath: string) => ({ isFile: true, isDirectory: false, fullPath, file: (done: (file: File) => void) => done(file(fullPath.split("/").at(-1) ?? "")) });
function folderEntry(fullPath: string, portions: unknown[][]) {
  return { isFile: false, isDirectory: true, fullPath, createReader: () => ({ readEntries: (done: (entries: unknown[]) => void) => done(portions.shift() ?? []) }) };
}
const transfer = (...entries: unknown[]) => ({ items: entries.map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry, getAsFile: () => file("loose.csv") })) }) as unknown as DataTransfer;

describe("what was dropped", () => {
  it("is walked to its last folder, though the browser hands folders out in portions", async () => {
    const deep = folderEntry("/Nest/Study 1", [[fileEntry("/Nest/Study 1/a.xlsx")], [fileEntry("/Nest/Study 1/b.xlsx")], []]);
    const chosen = await fromTransfer(transfer(folderEntry("/Nest", [[deep], []]), fileEntry("/c.csv")));
    expect(chosen.map((one) => one.path)).toEqual(["Nest/Study 1/a.xlsx", "Nest/Study 1/b.xlsx", "c.csv"]);
  });
  it("leaves out what operating systems and open workbooks leave behind", async () => {
    const chosen = await fromTransfer(transfer(folderEntry("/N", [[fileEntry("/N/.DS_Store"), fileEntry("/N/~$a.xlsx"), fileEntry("/N/a.xlsx")], []])));
    expect(chosen.map((one) => one.path)).toEqual(["N/a.xlsx"]);
  });
  it("takes a loose file where the browser knows no entries", async () => expect((await fromTransfer(transfer(null))).map((one) => one.path)).toEqual(["loose.csv"]));
  it("sends each file under its path", () => {
    const form = formOf([{ path: "N/a.xlsx", file: file("a.xlsx") }]);
    expect((form.get("files") as File).name).toBe("N/a.xlsx");
  });
});
