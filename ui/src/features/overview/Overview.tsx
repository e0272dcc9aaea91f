/** To be written. */
export function Overview({ study }: { study: string }) {
  return <div>{study}</div>;
}
