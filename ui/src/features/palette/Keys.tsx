import { Button } from "@mantine/core";
import { Dialogue } from "@/components/Dialogue";
import { tableStyles as styles } from "@/components/Page";
import { useView } from "@/view/store";

const KEYS: readonly (readonly [string, string])[] = [
  ["/ or Ctrl K", "jump to a study, site, subject, table, page or cell"],
  ["j k or \u2193 \u2191", "next and previous line of a grid or sheet"],
  ["h l or \u2190 \u2192", "previous and next column"],
  ["Enter", "open the line, or what stands in the cell"],
  ["e", "evidence: what the focused number is made of"],
  ["Esc", "close evidence, palette or this list"],
  ["[ ]", "previous and next snapshot"],
  ["g p, g d", "go to Portfolio, go to Data"],
  ["Shift and click", "add a column to the sort"],
  ["?", "this list"],
];

export function Keys() {
  const { keys, setKeys } = useView();
  return (
    <Dialogue name="Keys" opened={keys} onClose={() => setKeys(false)} size={560}>
      <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between", marginBottom: 8 }}>
        <h2>Keys</h2>
        <Button size="compact-sm" variant="default" data-autofocus onClick={() => setKeys(false)}>
          Close
        </Button>
      </div>
      <table className={styles["plain"]}>
        <tbody>
          {KEYS.map(([key, does]) => (
            <tr key={key}>
              <td style={{ whiteSpace: "nowrap" }}>
                <kbd>{key}</kbd>
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialogue>
  );
}
