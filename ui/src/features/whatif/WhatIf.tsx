/** To be written. */
export function WhatIf({ study }: { study: string }) {
  return <div>{study}</div>;
}
