/** To be written. */
export function DefinitionsPage() {
  return <div></div>;
}
