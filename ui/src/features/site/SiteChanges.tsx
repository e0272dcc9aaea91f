import type { Changes, CleanLine } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Flag, FlagSteps } from "@/components/Flag";
import { Panel, tableStyles as styles } from "@/components/Page";
import { KriLink } from "@/components/signal/links";
import { day } from "@/words/dates";
import { type At, ofNamed } from "./evidence";

/** What became of the site's flags and subjects since the snapshot before. */
export function SiteChanges({ at, changes, lines }: { at: At; changes: Changes; lines: readonly CleanLine[] }) {
  const { where: { study }, site } = at;
  const here = new Set(lines.map((line) => line.subject_id));
  const flags = changes.flags.filter((flag) => flag.site_id === site && flag.change !== "standing");
  const before = changes.moments.at(-2);
  const subjects = [
    { word: "became clean", meaning: "became clean", names: changes.newly_clean.filter((one) => here.has(one)) },
    { word: "no longer clean", meaning: "are no longer clean", names: changes.no_longer_clean.filter((one) => here.has(one)) },
    { word: "newly listed", meaning: "are newly listed", names: changes.newly_listed.filter((one) => here.has(one)) },
  ].filter((one) => one.names.length > 0);
  return (
    <Panel title="What changed" aside={changes.reason !== null || before === undefined ? undefined : `since ${day(before.as_of)}`} padded={false}>
      {changes.reason !== null ? (
        <Empty title={changes.reason.charAt(0).toUpperCase() + changes.reason.slice(1)}>When the next delivery of another day is loaded, new and cleared flags of the site stand here.</Empty>
      ) : flags.length === 0 && subjects.length === 0 ? (
        <Empty title="Nothing changed at this site">No flag is new, worse, eased or cleared, and no subject became clean or is so no longer.</Empty>
      ) : (
        <table className={styles["plain"]}>
          <tbody>
            {flags.map((flag) => (
              <tr key={flag.kri}>
                <td>
                  <KriLink study={study} kri={flag.kri} search={{ code: site }}>
                    {flag.title}
                  </KriLink>
                </td>
                <td>
                  <Flag flag={flag.flag} state="ok" word />
                </td>
                <td>
                  <FlagSteps history={steps(flag.history)} />
                </td>
                <td>{flag.change}</td>
              </tr>
            ))}
            {subjects.map(({ word, meaning, names }) => (
              <tr key={word}>
                <td colSpan={3} title={names.join(", ")} data-plain="code">
                  {names.slice(0, 6).join(", ")}
                  {names.length > 6 ? " and others" : ""}
                </td>
                <td>
                  <Figure evidence={ofNamed(at, meaning, names)} /> {word}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function steps(history: string): (number | null)[] {
  return history.split(",").map((one) => (one.trim() === "" || Number.isNaN(Number(one)) ? null : Number(one)));
}
