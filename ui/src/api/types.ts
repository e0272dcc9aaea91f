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

export type Definition = Schemas["Definition"];
export type Definitions = Schemas["Definitions"];
export type Gap = Schemas["Gap"];
export type Place = Schemas["Place"];
export type Clean = Schemas["Clean"];
export type CleanLine = Schemas["CleanLine"];
export type EvidencePart = Schemas["Evidence"];
export type Outcome = Schemas["Outcome"];
export type CleanSubjects = Schemas["CleanSubjects"];
export type CleanSubject = Schemas["CleanSubject"];
export type CleanWork = Schemas["CleanWork"];
export type WorkAction = Schemas["WorkAction"];
export type WorkOwner = Schemas["WorkOwner"];
export type WorkRows = Schemas["WorkRows"];
export type Milestone = Schemas["Milestone"];
export type Standing = Schemas["Standing"];
export type Tally = Schemas["Tally"];
export type Burden = Schemas["Burden"];
export type Population = Schemas["Population"];
export type Judged = Schemas["Judged"];
export type Blocker = Schemas["Blocker"];
export type Quality = Schemas["Quality"];
export type QualityValue = Schemas["QualityValue"];
export type Waterfall = Schemas["Waterfall"];
export type Step = Schemas["Step"];
export type Signals = Schemas["Signals"];
export type SignalGroup = Schemas["SignalGroup"];
export type Signal = Schemas["Signal"];
export type Kri = Schemas["Kri"];
export type KriDetail = Schemas["KriDetail"];
export type KriGroup = Schemas["KriGroup"];
export type Changes = Schemas["Changes"];
export type Moment = Schemas["Moment"];
export type FlagLine = Schemas["FlagLine"];
export type Delta = Schemas["Delta"];
export type Forecast = Schemas["Forecast"];
export type ForecastScenario = Schemas["ForecastScenario"];
export type ForecastPoint = Schemas["ForecastPoint"];
export type ForecastSite = Schemas["ForecastSite"];
export type StudyMeasures = Schemas["StudyMeasures"];
export type WhatIfPlan = Schemas["Plan"];
export type WhatIfChange = Schemas["Change"];
export type WhatIf = Schemas["WhatIf"];
export type KriMove = Schemas["KriMove"];
export type SiteIndexMove = Schemas["SiteIndexMove"];
export type FlagMove = Schemas["FlagMove"];
export type SavedVersion = Schemas["SavedVersion"];
