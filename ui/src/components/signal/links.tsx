/** The ways to a site and to an indicator of a study. Each keeps the moment of the page it stands on. */

import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Search } from "@/view/search";
import { useTabIndex } from "../surroundings";

export function SiteLink({ study, site, children, title }: { study: string; site: string; children?: ReactNode; title?: string }) {
  return (
    <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: site }} search={{}} title={title} tabIndex={useTabIndex()}>
      {children ?? site}
    </Link>
  );
}

export function KriLink({ study, kri, search = {}, children, title }: { study: string; kri: string; search?: Search; children: ReactNode; title?: string }) {
  return (
    <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri }} search={search} title={title} tabIndex={useTabIndex()}>
      {children}
    </Link>
  );
}

export function useOpenSite() {
  const navigate = useNavigate();
  return (study: string, site: string) => void navigate({ to: "/studies/$studyId/sites/$siteId", params: { studyId: study, siteId: site }, search: {} });
}
