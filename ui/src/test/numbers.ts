/** Every number opens: what a cell shows as a digit is inside a way to its evidence, or says that it is no number of its own. */

/** Ways on, and what is marked: a date, a rank, a code, a setting, words. */
const NO_NUMBER = "[data-evidence], a[href], [data-plain], .unseen";

const DATE = /\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( \d{4})?/g;

/** Cells that show a number which opens to nothing, each with the head of its table and what it reads. */
export function deadNumbers(part: Element): string[] {
  return [...part.querySelectorAll("td, [role=gridcell]")].flatMap((cell) => {
    if (cell.closest("[data-plain]")) return [];
    const rest = cell.cloneNode(true) as Element;
    rest.querySelectorAll(NO_NUMBER).forEach((one) => one.remove());
    return /\d/.test(rest.textContent.replace(DATE, "")) ? [`${cell.closest("table, [role=grid]")?.getAttribute("aria-label") ?? "a table"}: ${rest.textContent.trim()}`] : [];
  });
}

/** How many ways to evidence the cells have: a page that shows none proves nothing. */
export function livingNumbers(part: Element): number {
  return part.querySelectorAll("td [data-evidence], [role=gridcell] [data-evidence]").length;
}
