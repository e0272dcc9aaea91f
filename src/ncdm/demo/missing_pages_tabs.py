"""The missing pages report as delivered: two generations of headers for the same facts."""

from ncdm.demo.asof import AsOf
from ncdm.demo.book import Cell, Sheet
from ncdm.demo.layout import Layout, PagesLook
from ncdm.demo.missing_pages import FOLDERS, MissingPage, Shown, shown
from ncdm.demo.people import Person
from ncdm.demo.vocabulary import CONTINUING, COUNTRIES

NO_DAYS = "#ERROR"

MEANING = {
    "Study Name": "study",
    "Study": "study",
    "SiteGroupName(CountryName)": "country",
    "Country": "country",
    "SiteNumber": "site",
    "Site Number": "site",
    "SubjectName": "subject",
    "Subject Name": "subject",
    "Subject": "subject",
    "Overall Subject Status": "overall status",
    "Visit Level Subject Status": "visit status",
    "Form 1 Subject Status": "visit status",
    "Subject Status": "subject status",
    "Subject status": "subject status",
    "Subject Stat": "subject status",
    **dict.fromkeys(FOLDERS, "folder"),
    "Visit date": "date",
    "Visit Date": "date",
    "Screening Visit Date": "nothing",
    "Form Type (Summary or Visit)": "level",
    "Form Details": "level",
    "FormName": "form",
    "Page Name": "form",
    "No. #Days Page Missing": "days",
    "# of Days Missing": "days",
}
"""What each header of either generation stands for."""


def sheets(layout: Layout, study: str, people: tuple[Person, ...], found: tuple[MissingPage, ...], now: AsOf) -> list[Sheet]:
    """The report's tabs."""
    tabs = []
    for tab, look in enumerate(layout.pages):
        lines: list[list[Cell]] = [list(look.headers)]
        for line in shown(layout, found, tab, now):
            cells = _cells(layout, look, study, people[line.page.who], line)
            lines.append([cells[MEANING[header]] for header in look.headers])
        tabs.append(Sheet(look.title, lines, empty_rows=look.empty_rows))
    return tabs


def _cells(layout: Layout, look: PagesLook, study: str, person: Person, line: Shown) -> dict[str, Cell]:
    """Everything a line can show, by meaning."""
    page = line.page
    country = COUNTRIES[page.site.country][1] if look.full_countries else page.site.country
    status = page.visit_status if layout.full_countries else person.status or "Screening"
    days: Cell = str(line.days) if look.days_as_text and line.days is not None else line.days
    return {
        "study": study,
        "country": None if look.no_country else country,
        "site": page.site.label,
        "subject": person.label,
        "overall status": None if look.dated_summaries else status,
        "visit status": page.visit_status,
        "subject status": (page.visit_status or CONTINUING).upper() if look.upper_status else status,
        "folder": page.folder,
        "date": line.date_text,
        "level": look.levels[page.summary],
        "form": look.label.format(page.form),
        "days": NO_DAYS if page.broken_days and look.error_days else days,
        "nothing": None,
    }
