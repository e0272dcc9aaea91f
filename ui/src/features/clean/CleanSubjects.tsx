/** To be written. */
export function CleanSubjects({ study }: { study: string }) {
  return <div>{study}</div>;
}
