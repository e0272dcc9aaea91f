/** Files and folders that were dropped or chosen, each with its path inside what was dropped. */

export interface Chosen {
  path: string;
  file: File;
}

function entryFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function walk(entry: FileSystemEntry, into: Chosen[]): Promise<void> {
  if (entry.isFile) {
    into.push({ path: entry.fullPath.replace(/^\//, ""), file: await entryFile(entry as FileSystemFileEntry) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader hands out a folder in portions and says it is done with an empty one.
  for (let portion = await entriesOf(reader); portion.length > 0; portion = await entriesOf(reader)) {
    for (const child of portion) await walk(child, into);
  }
}

/** The entries must be taken before the first await: the browser empties the transfer when the event is over. */
export async function fromTransfer(transfer: DataTransfer): Promise<Chosen[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const loose = items.map((item) => item.getAsFile());
  const chosen: Chosen[] = [];
  for (const [index, entry] of entries.entries()) {
    const file = loose[index];
    if (entry) await walk(entry, chosen);
    else if (file) chosen.push({ path: file.name, file });
  }
  return chosen.filter(isData);
}

export function fromInput(files: FileList): Chosen[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file })).filter(isData);
}

/** Left behind by operating systems and open workbooks; no one means to send them. */
function isData({ path }: Chosen): boolean {
  const name = path.split("/").at(-1) ?? "";
  return name !== ".DS_Store" && name !== "Thumbs.db" && !name.startsWith("~$") && !path.startsWith("__MACOSX/");
}

export function formOf(chosen: readonly Chosen[]): FormData {
  const form = new FormData();
  for (const { path, file } of chosen) form.append("files", file, path);
  return form;
}
