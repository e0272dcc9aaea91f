/** The words of the server's answers. Their shapes are generated from `openapi.json` (`npm run api`); here they only get names. */

import type { components } from "./schema";

type Schemas = components["schemas"];

export interface Page<Item> {
  items: Item[];
  next: string | null;
  total: number;
}

export type Problem = Schemas["ErrorDetail"];
export type Session = Schemas["SignedIn"];
export type Health = Schemas["Health"];
export type Snapshot = Schemas["Snapshot"];
export type Kind = Schemas["Kind"];
export type ReportCell = Schemas["ReportCell"];
export type StudyLine = Schemas["StudyLine"];
export type Portfolio = Schemas["Portfolio"];
export type HeadlineSource = Schemas["HeadlineSource"];
export type CheckLine = Schemas["Check"];
export type Study = Schemas["Study"];
export type Finding = Schemas["Finding"];
export type SiteLine = Schemas["Site"];
export type SubjectLine = Schemas["Subject"];
export type Column = Schemas["Column"];
export type TableLine = Schemas["Table"];
export type Row = Schemas["Row"];
export type CellValue = Schemas["Row"]["cells"][string];
export type FileLine = Schemas["FileLine"];
export type FileDetail = Schemas["FileReceipt"];
export type SheetReceipt = Schemas["SheetReceipt"];
export type Line = Schemas["Line"];
export type SourceCell = Schemas["SourceCell"];
export type CellView = Schemas["CellView"];
export type Load = Schemas["Load"];
export type LoadedFile = Schemas["LoadedFile"];
export type LoadStarted = Schemas["LoadStarted"];
