/** The few marks the screen uses, drawn here so that nothing is fetched. Always decoration: the word stands beside them. */

const PATHS = {
  check: "M3.5 8.5l3 3 6-7",
  cross: "M4 4l8 8M12 4l-8 8",
  dash: "M3.5 8h9",
  question: "M5.8 6.1a2.3 2.3 0 1 1 3.3 2.1c-.8.4-1.1.8-1.1 1.6M8 12.4v.1",
  clock: "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 5v3.2l2.2 1.4",
  triangle: "M8 3l5.5 10h-11zM8 6.8v2.6M8 11.3v.1",
  grid: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6",
  files: "M4 1.8h5l3 3v9.4H4zM9 1.8v3h3M6 8h4M6 10.7h4",
  book: "M8 4.2C6.6 3 4.6 2.8 2.5 2.9v9.6c2.1-.1 4.1.1 5.5 1.3 1.4-1.2 3.4-1.4 5.5-1.3V2.9C11.4 2.8 9.4 3 8 4.2zM8 4.2v9.6",
  upload: "M8 10.5v-8M4.8 5.2L8 2l3.2 3.2M2.5 10.5v3h11v-3",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.4 3.4",
  keyboard: "M1.8 4.2h12.4v7.6H1.8zM4 6.5h.1M6.6 6.5h.1M9.3 6.5h.1M12 6.5h.1M4.6 9.4h6.8",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1",
  moon: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.3 5.3 0 1 0 6.6 6.6z",
  screen: "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
  out: "M9.5 2.5h-6v11h6M6.5 8h7M11 5.5L13.5 8 11 10.5",
  filter: "M2.5 3.5h11L9.3 8.6v4.2l-2.6-1.3V8.6z",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  download: "M8 2.5v8M4.8 7.3L8 10.5l3.2-3.2M2.5 13.5h11",
  up: "M4.5 9.5L8 6l3.5 3.5",
  down: "M4.5 6.5L8 10l3.5-3.5",
  left: "M9.5 4.5L6 8l3.5 3.5",
  right: "M6.5 4.5L10 8l-3.5 3.5",
  reload: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  rows: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
