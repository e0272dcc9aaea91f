/** View state only: what is open and how it looks. What the server said lives in the query cache. */

import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { Evidence } from "./evidence";

export type Theme = "system" | "light" | "dark";
export type Density = "compact" | "comfortable";

interface ViewState {
  /** The trail through the evidence panel; the last one is shown, none means closed. */
  evidence: readonly Evidence[];
  /** Grows with each opening, so that the panel knows that a person asked again. */
  asked: number;
  palette: boolean;
  keys: boolean;
  theme: Theme;
  density: Density;
  /** The snapshot on the screen while the URL names none; moves only when a person asks for the newer one. */
  shown: number | null;
  loadId: string | null;
  openEvidence: (evidence: Evidence) => void;
  deeper: (evidence: Evidence) => void;
  back: () => void;
  closeEvidence: () => void;
  setPalette: (open: boolean) => void;
  setKeys: (open: boolean) => void;
  setTheme: (theme: Theme) => void;
  setDensity: (density: Density) => void;
  show: (snapshot: number) => void;
  setLoad: (load: string | null) => void;
}

export const useView = create<ViewState>()(
  persist(
    (set) => ({
      evidence: [],
      asked: 0,
      palette: false,
      keys: false,
      theme: "system",
      density: "compact",
      shown: null,
      loadId: null,
      openEvidence: (evidence) => set((state) => ({ evidence: [evidence], asked: state.asked + 1 })),
      deeper: (evidence) => set((state) => ({ evidence: [...state.evidence, evidence] })),
      back: () => set((state) => ({ evidence: state.evidence.slice(0, -1) })),
      closeEvidence: () => set({ evidence: [] }),
      setPalette: (palette) => set({ palette }),
      setKeys: (keys) => set({ keys }),
      setTheme: (theme) => set({ theme }),
      setDensity: (density) => set({ density }),
      show: (shown) => set({ shown }),
      setLoad: (loadId) => set({ loadId }),
    }),
    {
      name: "ncdm-view",
      storage: createJSONStorage(() => localStorage),
      partialize: ({ theme, density }) => ({ theme, density }),
    },
  ),
);
