import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useClient } from "@/api/context";
import { snapshotsQuestion } from "@/api/questions";
import type { Session, Snapshot } from "@/api/types";
import { Failed, Guard, Loading } from "@/components/Conditions";
import { DemoBanner } from "@/components/Demo";
import { Icon } from "@/components/Icon";
import { DemoData } from "@/components/surroundings";
import { EvidencePanel } from "@/features/evidence/EvidencePanel";
import { Keys } from "@/features/palette/Keys";
import { Palette } from "@/features/palette/Palette";
import { Uploads } from "@/features/upload/Uploads";
import { usePageSearch } from "@/view/asOf";
import { type Theme, useView } from "@/view/store";
import { AsOf } from "./AsOf";
import { Breadcrumb } from "./Breadcrumb";
import { Freshness } from "./Freshness";
import { useGlobalKeys } from "./keys";
import styles from "./Shell.module.css";

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const THEME_WORDS = { system: ["screen", "System"], light: ["sun", "Light"], dark: ["moon", "Dark"] } as const;

/** What stands around every page: where one is, at which time, and the ways elsewhere. */
export function Shell({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const client = useClient();
  const question = useQuery(snapshotsQuestion(client));
  const { shown, show, evidence } = useView();
  const newest = question.data?.items[0]?.snapshot;

  useEffect(() => {
    if (shown === null && newest !== undefined) show(newest);
  }, [shown, newest, show]);

  const ready = question.data !== undefined && (newest === undefined || shown !== null);
  const snapshots = question.data?.items ?? [];
  const seen = useSeen(snapshots);
  const { pathname } = useLocation();
  const demo = seen?.demo ?? false;
  return (
    <div className={styles["shell"]}>
      <div className={styles["demo"]}>{demo ? <DemoBanner /> : null}</div>
      <Rail onSignOut={onSignOut} />
      <TopBar snapshots={snapshots} seen={seen} />
      <div className={`${styles["main"] ?? ""} ${evidence.length > 0 ? (styles["withEvidence"] ?? "") : ""}`}>
        <main className={styles["page"]} id="page">
          {ready ? (
            <Guard what="this page" resetKeys={[pathname]}>
              <Suspense fallback={<Loading what="the page" rows={12} />}>
                <DemoData value={demo}>
                  <Outlet />
                </DemoData>
              </Suspense>
            </Guard>
          ) : question.error ? (
            <Failed what="The store" cause={question.error} works="Nothing on this page until the server answers; the command line does not need it." retry={() => void question.refetch()} />
          ) : (
            <Loading what="the snapshots" rows={12} />
          )}
        </main>
        <Guard what="the evidence panel">
          <EvidencePanel />
        </Guard>
      </div>
      <footer className={styles["foot"]}>
        <span>{session.intended_use}</span>
        <span>Neural Clinical Data Mesh {session.version}</span>
      </footer>
      <Guard what="the palette">
        <Palette />
        <Keys />
        <Uploads />
      </Guard>
    </div>
  );
}

/** The snapshot that is on the screen. */
function useSeen(snapshots: readonly Snapshot[]): Snapshot | undefined {
  const { as_of } = usePageSearch();
  const shown = useView((view) => view.shown);
  if (as_of === undefined) return snapshots.find((one) => one.snapshot === shown) ?? snapshots[0];
  return snapshots.find((one) => String(one.snapshot) === as_of) ?? snapshots.find((one) => one.as_of !== null && one.as_of <= as_of);
}

function TopBar({ snapshots, seen }: { snapshots: readonly Snapshot[]; seen: Snapshot | undefined }) {
  const { as_of } = usePageSearch();
  const setPalette = useView((view) => view.setPalette);
  useGlobalKeys(snapshots, seen);
  return (
    <header className={`${styles["top"] ?? ""} ${as_of === undefined ? "" : (styles["past"] ?? "")}`}>
      <Breadcrumb />
      <AsOf snapshots={snapshots} seen={seen} />
      <button type="button" className={styles["jump"]} onClick={() => setPalette(true)} aria-label="Jump to anything (slash or Ctrl K)">
        <Icon name="search" size={14} />
        <span className={styles["jumpWords"]}>Jump to</span> <kbd>/</kbd>
      </button>
      <Freshness snapshots={snapshots} seen={seen} />
    </header>
  );
}

function Rail({ onSignOut }: { onSignOut: () => void }) {
  const { pathname } = useLocation();
  const { theme, setTheme, setKeys, density, setDensity } = useView();
  const [icon, word] = THEME_WORDS[theme];
  const here = (is: boolean) => (is ? { "aria-current": "page" as const } : {});
  return (
    <nav className={styles["rail"]} aria-label="Main">
      <div className={styles["mark"]}>
        <img src="/mark.svg" width={26} height={26} alt="Neural Clinical Data Mesh" />
      </div>
      <Link to="/" search={{}} className={styles["railItem"]} {...here(pathname === "/" || pathname.startsWith("/studies"))} activeProps={{}}>
        <Icon name="grid" size={18} />
        Portfolio
      </Link>
      <Link to="/files" search={{}} className={styles["railItem"]} {...here(pathname.startsWith("/files") || pathname.startsWith("/cells"))} activeProps={{}}>
        <Icon name="files" size={18} />
        Data
      </Link>
      <Link to="/definitions" search={{}} className={styles["railItem"]} {...here(pathname.startsWith("/definitions"))} activeProps={{}}>
        <Icon name="book" size={18} />
        Definitions
      </Link>
      <div className={styles["gap"]} />
      <button type="button" className={styles["railItem"]} onClick={() => setDensity(density === "compact" ? "comfortable" : "compact")} title={`Lines are ${density}; click changes`}>
        <Icon name="rows" size={18} />
        {density === "compact" ? "Compact" : "Roomy"}
      </button>
      <button type="button" className={styles["railItem"]} onClick={() => setTheme(NEXT_THEME[theme])} title={`Colours: ${word.toLowerCase()}; click changes`}>
        <Icon name={icon} size={18} />
        {word}
      </button>
      <button type="button" className={styles["railItem"]} onClick={() => setKeys(true)}>
        <Icon name="keyboard" size={18} />
        Keys
      </button>
      <button type="button" className={styles["railItem"]} onClick={onSignOut}>
        <Icon name="out" size={18} />
        Sign out
      </button>
    </nav>
  );
}

