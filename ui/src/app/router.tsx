import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, retainSearchParams, type RouterHistory } from "@tanstack/react-router";
import type { Session } from "@/api/types";
import { Empty, Failed } from "@/components/Conditions";
import { PortfolioPage } from "@/features/portfolio/PortfolioPage";
import { parseSearch, readSearch, type Search, writeSearch } from "@/view/search";
import { Shell } from "./Shell";

interface Context {
  session: Session;
  onSignOut: () => void;
}

const root = createRootRouteWithContext<Context>()({
  validateSearch: (raw: Record<string, unknown>): Search => readSearch(raw),
  search: { middlewares: [retainSearchParams(["as_of"])] },
  component: function Root() {
    const { session, onSignOut } = root.useRouteContext();
    return <Shell session={session} onSignOut={onSignOut} />;
  },
  notFoundComponent: () => <Empty title="No such page">The address names nothing here. The breadcrumb above leads back.</Empty>,
  errorComponent: ({ error, reset }) => <Failed what="This page" cause={error} retry={reset} />,
});

const portfolio = createRoute({ getParentRoute: () => root, path: "/", component: PortfolioPage });
const study = createRoute({ getParentRoute: () => root, path: "/studies/$studyId", component: lazyRouteComponent(() => import("@/features/study/StudyPage"), "StudyPage") });
const kri = createRoute({ getParentRoute: () => root, path: "/studies/$studyId/kris/$kri", component: lazyRouteComponent(() => import("@/features/kri/KriPage"), "KriPage") });
const site = createRoute({ getParentRoute: () => root, path: "/studies/$studyId/sites/$siteId", component: lazyRouteComponent(() => import("@/features/site/SitePage"), "SitePage") });
const definitions = createRoute({ getParentRoute: () => root, path: "/definitions", component: lazyRouteComponent(() => import("@/features/definitions/DefinitionsPage"), "DefinitionsPage") });
const files = createRoute({ getParentRoute: () => root, path: "/files", component: lazyRouteComponent(() => import("./DataRoute"), "DataRoute") });
const file = createRoute({ getParentRoute: () => root, path: "/files/$fileId", component: lazyRouteComponent(() => import("@/features/file/FilePage"), "FilePage") });
const cell = createRoute({ getParentRoute: () => root, path: "/cells/$cellRef", component: lazyRouteComponent(() => import("@/features/cell/CellPage"), "CellPage") });

const routeTree = root.addChildren([portfolio, study, kri, site, definitions, files, file, cell]);

export function makeRouter(context: Context, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context,
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: false,
    ...(history ? { history } : {}),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
