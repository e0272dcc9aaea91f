/** To be written. */
export function SitePage() {
  return <div></div>;
}
