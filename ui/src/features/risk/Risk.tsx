/** To be written. */
export function Risk({ study }: { study: string }) {
  return <div>{study}</div>;
}
