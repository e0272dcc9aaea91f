"""One invented study in one week: everything its reports will say, and how it becomes the next week."""

from dataclasses import dataclass

from ncdm.demo import coding, conformance, inactivations, labs, metrics, missing_pages, pages, queries, sae, thirdparty, visits
from ncdm.demo import people as subjects
from ncdm.demo.asof import AsOf, as_of
from ncdm.demo.chance import stream
from ncdm.demo.layout import Layout
from ncdm.demo.metrics import Details
from ncdm.demo.vocabulary import SCHEDULES


@dataclass(frozen=True, slots=True)
class Study:
    """The facts of one study as of one delivery."""

    name: str
    layout: Layout
    seed: int
    week: int
    now: AsOf
    people: tuple[subjects.Person, ...]
    elsewhere: dict[int, subjects.Site]
    """Subjects that a second site claims, with that site."""
    visits: visits.Visits
    details: Details | None
    """The facts of the CPID workbook, where there is one."""
    labs: tuple[labs.LabIssue, ...]
    sae: sae.Reviews
    inactivations: tuple[inactivations.Inactivation, ...]
    missing_pages: tuple[missing_pages.MissingPage, ...]
    thirdparty: tuple[thirdparty.OpenIssues, ...]
    terms: coding.Terms

    def exact(self) -> list[list[int]]:
        """The subject sheet as its detail sheets add up."""
        return [] if self.details is None else metrics.add_up(self.details, len(self.people), self.now)

    def shown(self) -> list[list[int]]:
        """The subject sheet as exported."""
        return metrics.nudge(self.exact(), self.layout)


def first_week(name: str, layout: Layout, count: int, seed: int) -> Study:
    """Invent a study with its history up to the first delivery."""
    now = as_of(layout, 1)
    who = subjects.recruit(layout, count, len(SCHEDULES[layout.schedule]), now.cpid, stream(seed, name, "people"))
    rng = stream(seed, name, "elsewhere")
    elsewhere = {}
    for at in rng.sample(range(len(who)), min(layout.two_sites, len(who))):
        elsewhere[at] = next(person.site for person in (*who[at:], *who[:at]) if person.site != who[at].site)
    held = visits.begin(layout, who, now, stream(seed, name, "visits"))
    details = None
    if layout.has_cpid:
        entered = pages.begin(layout, who, held.done, now, stream(seed, name, "pages"))
        details = Details(
            held.done,
            entered,
            queries.begin(layout, entered.entered, count, now, stream(seed, name, "queries")),
            conformance.nonconformant(layout, entered.entered, stream(seed, name, "nonconformant")),
            conformance.deviations(layout, who, held.done, stream(seed, name, "deviations")),
        )
    return Study(
        name,
        layout,
        seed,
        1,
        now,
        who,
        elsewhere,
        held,
        details,
        labs.begin(layout, who, now.cpid, stream(seed, name, "labs")),
        sae.begin(layout, who, elsewhere, now, stream(seed, name, "sae")),
        inactivations.begin(layout, name, who, stream(seed, name, "inactivations")),
        missing_pages.begin(layout, name, who, elsewhere, now, stream(seed, name, "missing pages")),
        thirdparty.begin(layout, who, stream(seed, name, "thirdparty")),
        coding.begin(layout, who, stream(seed, name, "coding")),
    )


def next_week(study: Study) -> Study:
    """The same study seven days later: mostly cleaner, here and there worse."""
    layout, name, seed, week = study.layout, study.name, study.seed, study.week + 1
    now = as_of(layout, week)
    who = subjects.advance(study.people, now.cpid, stream(seed, name, "people", week))
    held = visits.advance(study.visits, layout, who, study.now, now, stream(seed, name, "visits", week))
    return Study(
        name,
        layout,
        seed,
        week,
        now,
        who,
        study.elsewhere,
        held,
        None if study.details is None else _next_details(study, study.details, held, now),
        labs.advance(study.labs, layout, who, now.cpid, stream(seed, name, "labs", week)),
        sae.advance(study.sae, layout, who, now, stream(seed, name, "sae", week)),
        inactivations.advance(study.inactivations, layout, name, who, stream(seed, name, "inactivations", week)),
        missing_pages.advance(study.missing_pages, layout, who, study.now, now, stream(seed, name, "missing pages", week)),
        thirdparty.advance(study.thirdparty, layout, who, stream(seed, name, "thirdparty", week)),
        coding.advance(study.terms, layout, who, stream(seed, name, "coding", week)),
    )


def _next_details(study: Study, details: Details, held: visits.Visits, now: AsOf) -> Details:
    layout, name, seed, week = study.layout, study.name, study.seed, study.week + 1
    known = set(details.visits)
    new_visits = [visit for visit in held.done if visit not in known]
    old_pages = set(details.pages.entered)
    entered = pages.advance(details.pages, layout, study.people, new_visits, now, stream(seed, name, "pages", week))
    new_pages = [page for page in entered.entered if page not in old_pages and (page.entered > study.now.cpid)]
    return Details(
        held.done,
        entered,
        queries.advance(details.queries, layout, new_pages, len(study.people), now, stream(seed, name, "queries", week)),
        conformance.corrected(details.nonconformant, stream(seed, name, "nonconformant", week)),
        conformance.decided(details.deviations, new_visits, stream(seed, name, "deviations", week)),
    )
