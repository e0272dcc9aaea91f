/** To be written. */
export function KriPage() {
  return <div></div>;
}
