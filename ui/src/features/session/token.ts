/** The token arrives behind `#`, so that no server log and no referrer sees it; it leaves the address at once. */
export function takeToken(location: Location, history: History): string | null {
  const found = /^#token=(.+)$/.exec(location.hash);
  if (!found) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return decodeURIComponent(found[1] ?? "");
}
