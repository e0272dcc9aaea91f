import { Link } from "@tanstack/react-router";
import type { Forecast, ForecastScenario } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import { day } from "@/words/dates";
import { number } from "@/words/numbers";
import { percent } from "@/words/shares";
import { Curve } from "./Curve";
import type { Scope } from "./evidence";
import styles from "./Overview.module.css";
import { ofChance, ofExpected, ofGain, ofNow, ofReached, ofSiteItems, ofSiteSubjects, type ScenarioName } from "./overTime";

/** A chance below this is not worth a line. */
const TOLD = 0.001;

/** When the study will be clean, in two scenarios, and whose work would gain most days; or why nobody can say. */
export function ForecastPart({ scope, forecast }: { scope: Scope; forecast: Forecast }) {
  const { as_things_go, nothing_new } = forecast;
  if (as_things_go === null && nothing_new === null) return <Silent forecast={forecast} />;
  const scenarios = [
    { name: "as_things_go" as const, title: "As things go", hint: "Items come and are solved as fast as between the snapshots", scenario: as_things_go },
    { name: "nothing_new" as const, title: "If nothing new came", hint: "Items are solved as fast as between the snapshots, and none comes", scenario: nothing_new },
  ].filter((one): one is { name: ScenarioName; title: string; hint: string; scenario: ForecastScenario } => one.scenario !== null);
  return (
    <>
      <table className={tableStyles["plain"]}>
        <thead>
          <tr>
            <th scope="col">Clean subjects</th>
            {scenarios.map(({ title, hint }) => (
              <th key={title} scope="col" title={hint}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(scenarios[0]?.scenario.reached ?? []).map(({ target }, at) => (
            <tr key={target}>
              <td data-plain="setting">
                <b>{percent(target)}</b> <span className="quiet">{number(scenarios[0]?.scenario.by.chances[at]?.needed ?? 0)} of {number(forecast.subjects)}</span>
              </td>
              {scenarios.map(({ name, scenario }) => (
                <td key={name}>
                  <Reached scope={scope} forecast={forecast} name={name} at={at} />
                  {(scenario.by.chances[at]?.probability ?? 0) < TOLD ? null : (
                    <div className={styles["small"]}>
                      <Figure evidence={ofChance(scope, forecast, name, at)} /> likely by {day(scenario.by.day)}
                    </div>
                  )}
                </td>
              ))}
            </tr>
          ))}
          {scenarios[0] ? (
            <tr>
              <td>Expected by {day(scenarios[0].scenario.by.day)}</td>
              {scenarios.map(({ name }) => (
                <td key={name}>
                  <Figure evidence={ofExpected(scope, forecast, name)} /> <span className="quiet">
                    clean; <Figure evidence={ofNow(scope, forecast)} /> now
                  </span>
                </td>
              ))}
            </tr>
          ) : null}
        </tbody>
      </table>
      <div className={styles["chart"]}>
        <Curve forecast={forecast} />
      </div>
      <Gains scope={scope} forecast={forecast} />
    </>
  );
}

/** The day by which a share is clean, even odds, with the days of 10 and 90 %. */
function Reached({ scope, forecast, name, at }: { scope: Scope; forecast: Forecast; name: ScenarioName; at: number }) {
  const reached = forecast[name]?.reached[at];
  if (!reached) return null;
  const { early, late } = reached;
  return (
    <span>
      <Figure evidence={ofReached(scope, forecast, name, at)} />{" "}
      {early === null ? null : (
        <span className={styles["small"]}>
          ({day(early)} to {late === null ? "beyond two years" : day(late)})
        </span>
      )}
    </span>
  );
}

/** What is missing, brought together by its reason. */
function Silent({ forecast: { gates, reason } }: { forecast: Forecast }) {
  const reasons = new Map<string, string[]>();
  for (const gate of gates) if (gate.reason !== null) reasons.set(gate.reason, [...(reasons.get(gate.reason) ?? []), gate.title.toLowerCase()]);
  if (reasons.size === 0) return <Empty title="Nobody can say yet">{reason}</Empty>;
  return (
    <div className={styles["silent"]}>
      <Empty title="Nobody can say yet">How fast items come and are solved must be known for every criterion of the milestone.</Empty>
      <ul className={styles["missing"]}>
        {[...reasons].map(([why, titles]) => (
          <li key={why}>
            <b>{why}</b> <span className="quiet">{titles.length === gates.length ? `of any of the ${gates.length} criteria` : titles.join(", ")}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Gains({ scope, forecast }: { scope: Scope; forecast: Forecast }) {
  if (forecast.sites.length === 0) return <p className={styles["foot"]}>No site has open items whose work would gain days.</p>;
  return (
    <>
      <h3 className={styles["part"]}>
        Sites whose work gains most days <small>if all their open items were solved today{forecast.sites_arriving ? "" : " and nothing new came"}</small>
      </h3>
      <table className={tableStyles["plain"]}>
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col" className={tableStyles["n"]}>
              Open items
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Subjects
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Days gained
            </th>
            <th scope="col">All clean by</th>
            <th scope="col" className={tableStyles["n"]}>
              Subjects cleaned
            </th>
          </tr>
        </thead>
        <tbody>
          {forecast.sites.map((site) => (
            <tr key={site.site_id}>
              <td>
                <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: scope.study, siteId: site.site_id }} search={{}}>
                  {site.site_id}
                </Link>
              </td>
              <td className={tableStyles["n"]}>
                <Figure evidence={ofSiteItems(scope, forecast, site)} />
              </td>
              <td className={tableStyles["n"]}>
                <Figure evidence={ofSiteSubjects(scope, forecast, site)} />
              </td>
              <td className={tableStyles["n"]}>
                <Figure evidence={ofGain(scope, forecast, site, "days")} />
              </td>
              <td>
                <Figure evidence={ofGain(scope, forecast, site, "day")} />
              </td>
              <td className={tableStyles["n"]}>
                <Figure evidence={ofGain(scope, forecast, site, "expected")} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
