/** The ways through the scope: a study, a file, a row, a cell. Each keeps the moment of the page it stands on. */

import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Search } from "@/view/search";
import { readRef } from "@/words/cells";
import { useTabIndex } from "./surroundings";

interface Props {
  children: ReactNode;
  title?: string;
}

export function StudyLink({ study, search = {}, children, title }: Props & { study: string; search?: Search }) {
  return (
    <Link to="/studies/$studyId" params={{ studyId: study }} search={search} title={title} tabIndex={useTabIndex()}>
      {children}
    </Link>
  );
}

export function FileLink({ file, search = {}, children, title }: Props & { file: string; search?: Search }) {
  return (
    <Link to="/files/$fileId" params={{ fileId: file }} search={search} title={title} tabIndex={useTabIndex()}>
      {children}
    </Link>
  );
}

/** A row or cell reference opens to the sheet around it. */
export function RefLink({ to, children }: { to: string; children?: ReactNode }) {
  const address = readRef(to);
  return (
    <Link to="/cells/$cellRef" params={{ cellRef: to }} search={{}} title={`Sheet ${address?.sheet ?? "?"} of file ${address?.file ?? to}: open the sheet around it`} tabIndex={useTabIndex()}>
      {children ?? (address === null ? to : address.letter === null ? `line ${address.row}` : `${address.letter}${address.row}`)}
    </Link>
  );
}

export function useOpen() {
  const navigate = useNavigate();
  return {
    portfolio: () => void navigate({ to: "/", search: {} }),
    data: (search: Search = {}) => void navigate({ to: "/files", search }),
    study: (study: string, search: Search = {}) => void navigate({ to: "/studies/$studyId", params: { studyId: study }, search }),
    definition: (code?: string) => void navigate({ to: "/definitions", search: code === undefined ? {} : { code } }),
    file: (file: string, search: Search = {}) => void navigate({ to: "/files/$fileId", params: { fileId: file }, search }),
    cell: (ref: string, replace = false) => void navigate({ to: "/cells/$cellRef", params: { cellRef: ref }, search: {}, replace }),
  };
}
