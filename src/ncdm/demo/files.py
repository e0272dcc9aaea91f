"""The files of one delivered study: their names with the dates people put there, and their sheets."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from ncdm.demo import coding, cpid, inactivations, labs, missing_pages_tabs, sae, thirdparty, visits
from ncdm.demo.book import Sheet
from ncdm.demo.chance import stream
from ncdm.demo.layout import Kind
from ncdm.demo.study import Study
from ncdm.demo.vocabulary import MONTHS

DATE_TOKEN = re.compile(r"<(-?\d+) ([^>]+)>")


def folder_name(study: Study) -> str:
    """The folder of the study, in the spelling of its layout."""
    return study.layout.folder.format(n=study.name.removeprefix("Study "))


def file_name(study: Study, kind: Kind) -> str:
    """The file of one report; ``<-15 DDMONYYYY>`` is the delivery's date less 15 days, right or wrong."""
    text = study.layout.files[kind].format(n=study.name.removeprefix("Study "))
    return DATE_TOKEN.sub(lambda token: _dated(study.now.delivered + timedelta(int(token[1])), token[2]), text)


def _dated(day: date, pattern: str) -> str:
    month = MONTHS[day.month - 1]
    text = pattern.replace("YYYY", str(day.year)).replace("DD", f"{day.day:02d}")
    return text.replace("MON", month).replace("Mon", month.title())


def sheets(study: Study, kind: Kind) -> list[Sheet]:
    """The sheets of one report, in the order of the delivery."""
    return SHEETS[kind](study)


def _cpid(study: Study) -> list[Sheet]:
    if study.details is None:
        return []
    return cpid.workbook(study.layout, study.name, study.people, study.details, study.exact(), study.shown(), study.now)


def _inactivated(study: Study) -> list[Sheet]:
    digits = stream(study.seed, study.name, "hidden column")
    return [inactivations.sheet(study.layout, study.people, study.inactivations, digits)]


def _meddra(study: Study) -> list[Sheet]:
    return [coding.sheet(study.layout.coding_sheets[0], "MedDRA Coding Report", study.name, study.people, study.terms.meddra)]


def _whodrug(study: Study) -> list[Sheet]:
    return [coding.sheet(study.layout.coding_sheets[1], "WHODrug Coding Report", study.name, study.people, study.terms.whodrug)]


SHEETS: dict[Kind, Callable[[Study], list[Sheet]]] = {
    Kind.CPID: _cpid,
    Kind.TRACKER: lambda study: [visits.tracker_sheet(study.layout, study.name, study.people, study.visits.missing, study.now)],
    Kind.LABS: lambda study: [labs.sheet(study.layout, study.name, study.people, study.labs)],
    Kind.SAE: lambda study: sae.sheets(study.layout, study.name, study.sae),
    Kind.INACTIVATED: _inactivated,
    Kind.PAGES: lambda study: missing_pages_tabs.sheets(study.layout, study.name, study.people, study.missing_pages, study.now),
    Kind.EDRR: lambda study: [thirdparty.sheet(study.name, study.thirdparty)],
    Kind.MEDDRA: _meddra,
    Kind.WHODRUG: _whodrug,
}
"""How each report is laid out."""
