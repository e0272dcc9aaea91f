import "@mantine/core/styles.css";
import "../tokens/literals.css";
import "../tokens/meanings.css";
import { createRoot } from "react-dom/client";
import { Stand } from "./frame";
import { SHELVES } from "./shelves";

/** The parts on one page: `npm run dev`, then /examples.html. Not part of the product's build. */
function Examples() {
  return (
    <main style={{ padding: 24, display: "grid", gap: 28, maxWidth: 1100 }}>
      <h1>Shared parts</h1>
      {SHELVES.map((shelf) => (
        <section key={shelf.component} style={{ display: "grid", gap: 10 }}>
          <h2>{shelf.component}</h2>
          <p>{shelf.rule}</p>
          {shelf.examples.map((example) => (
            <figure key={example.name} style={{ margin: 0, padding: 12, border: "1px solid var(--line)", background: "var(--surface)" }}>
              <figcaption className="quiet" style={{ marginBottom: 8 }}>
                {example.name}: {example.when}
              </figcaption>
              {example.show()}
            </figure>
          ))}
        </section>
      ))}
    </main>
  );
}

const root = document.getElementById("root");
if (root !== null)
  createRoot(root).render(
    <Stand>
      <Examples />
    </Stand>,
  );
