import type { KriDetail } from "@/api/types";
import { Panel } from "@/components/Page";
import { accrualText, METHODS, sideText } from "@/words/signals";
import styles from "./Kri.module.css";

/** What the indicator means, beside its numbers. */
export function Meaning({ detail }: { detail: KriDetail }) {
  const { definition, kri, method } = detail;
  return (
    <Panel title="Definition" aside={<code>{definition.code}</code>}>
      <div className={styles["meaning"]}>
        <p>{definition.what}</p>
        <dl>
          <dt>Why</dt>
          <dd>{definition.why}</dd>
          <dt>Formula</dt>
          <dd>{definition.formula}</dd>
          <dt>Judged</dt>
          <dd>
            {sideText(kri.direction)}; {accrualText(kri.accrual)}
          </dd>
          <dt>Method</dt>
          <dd>{METHODS[method]?.meaning ?? method}</dd>
          <dt>Example</dt>
          <dd>{definition.example}</dd>
          <dt>Limits</dt>
          <dd>{definition.limits}</dd>
          <dt>Source</dt>
          <dd>{definition.source}</dd>
        </dl>
      </div>
    </Panel>
  );
}
