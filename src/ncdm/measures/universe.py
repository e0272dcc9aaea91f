"""Every group there is, from the spine: what has no row in a report is still a group, with a true zero or an unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ncdm.measures.tables import SPINE_SITE, SPINE_STUDY, SPINE_SUBJECT
from ncdm.measures.value import Group, Level
from ncdm.store.spine import Site, Spine, Subject
from ncdm.types import StudyId, by_number

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Universe:
    """The studies, sites and subjects of a snapshot, numbered. Pseudo-subjects are none: what they carry is the study's."""

    studies: tuple[StudyId, ...]
    sites: tuple[tuple[StudyId, Site], ...]
    subjects: tuple[tuple[StudyId, Subject], ...]

    @cached_property
    def _study_no(self) -> Mapping[str, int]:
        return {study: number for number, study in enumerate(self.studies)}

    @cached_property
    def _site_no(self) -> Mapping[tuple[str, str], int]:
        return {(study, site.site_id): number for number, (study, site) in enumerate(self.sites)}

    @cached_property
    def _subject_no(self) -> Mapping[tuple[str, str], int]:
        return {(study, subject.subject_id): number for number, (study, subject) in enumerate(self.subjects)}

    @cached_property
    def tables(self) -> Mapping[str, pa.Table]:
        """The groups as tables that rows are joined to."""
        site_of = [self._site_no.get((study, subject.site_id or ""), -1) for study, subject in self.subjects]
        return {
            "spine_study": pa.table(
                [pa.array(self.studies, pa.string()), pa.array(range(len(self.studies)), pa.int64())], schema=SPINE_STUDY
            ),
            "spine_site": pa.table(
                [
                    pa.array([study for study, _ in self.sites], pa.string()),
                    pa.array([site.site_id for _, site in self.sites], pa.string()),
                    pa.array(range(len(self.sites)), pa.int64()),
                ],
                schema=SPINE_SITE,
            ),
            "spine_subject": pa.table(
                [
                    pa.array([study for study, _ in self.subjects], pa.string()),
                    pa.array([subject.subject_id for _, subject in self.subjects], pa.string()),
                    pa.array(range(len(self.subjects)), pa.int64()),
                    pa.array(site_of, pa.int64()),
                ],
                schema=SPINE_SUBJECT,
            ),
        }

    def groups(self, level: Level) -> tuple[Group, ...]:
        """The groups of a level, in their order."""
        return self._levels[level][0]

    def study_of(self, level: Level) -> Numbers:
        """Group of a level -> number of its study; -1 for the portfolio."""
        return self._levels[level][1]

    def numbers(self, group: Group) -> tuple[int | None, list[int] | None, int | None]:
        """The study, the sites and the subject that a group consists of; ``None`` where it is not so narrow."""
        study = None if group.study_id is None else self._study_no[group.study_id]
        if group.subject_id is not None:
            return study, None, self._subject_no[group.study_id or "", group.subject_id]
        if group.site_id is not None:
            return study, [self._site_no[group.study_id or "", group.site_id]], None
        if group.country is None and group.region is None:
            return study, None, None
        inside = [
            number
            for number, (of_study, site) in enumerate(self.sites)
            if of_study == group.study_id and (site.country == group.country if group.country is not None else site.region == group.region)
        ]
        return study, inside, None

    def place(self, level: Level, study: Numbers, site: Numbers, subject: Numbers) -> Numbers:
        """Row -> number of the group that it falls into, -1 where a row names none of the level."""
        if level is Level.SUBJECT:
            return subject
        if level is Level.SITE:
            return site
        if level is Level.STUDY:
            return study
        if level is Level.PORTFOLIO:
            return np.zeros(len(study), dtype=np.int64)
        of_site = self._country_of_site if level is Level.COUNTRY else self._region_of_site
        return np.append(of_site, -1)[site]

    @cached_property
    def _countries(self) -> tuple[Group, ...]:
        named = {(study, site.region, site.country) for study, site in self.sites if site.country is not None}
        return tuple(
            Group(study_id=study, region=region, country=country)
            for study, country, region in sorted(
                {(study, country, _region(named, study, country)) for study, _, country in named},
                key=lambda entry: (by_number(entry[0]), entry[1]),
            )
        )

    @cached_property
    def _regions(self) -> tuple[Group, ...]:
        named = {(study, site.region) for study, site in self.sites if site.region is not None}
        return tuple(
            Group(study_id=study, region=region) for study, region in sorted(named, key=lambda entry: (by_number(entry[0]), entry[1]))
        )

    @cached_property
    def _country_of_site(self) -> Numbers:
        known = {(group.study_id, group.country): number for number, group in enumerate(self._countries)}
        return np.array([known.get((study, site.country), -1) for study, site in self.sites], dtype=np.int64)

    @cached_property
    def _region_of_site(self) -> Numbers:
        known = {(group.study_id, group.region): number for number, group in enumerate(self._regions)}
        return np.array([known.get((study, site.region), -1) for study, site in self.sites], dtype=np.int64)

    @cached_property
    def _levels(self) -> Mapping[Level, tuple[tuple[Group, ...], Numbers]]:
        sites = {(study, site.site_id): site for study, site in self.sites}
        groups: dict[Level, tuple[Group, ...]] = {
            Level.SUBJECT: tuple(
                Group(
                    study_id=study,
                    region=None if (site := sites.get((study, subject.site_id or ""))) is None else site.region,  # type: ignore[arg-type]
                    country=subject.country,
                    site_id=subject.site_id,
                    subject_id=subject.subject_id,
                )
                for study, subject in self.subjects
            ),
            Level.SITE: tuple(
                Group(study_id=study, region=site.region, country=site.country, site_id=site.site_id) for study, site in self.sites
            ),
            Level.COUNTRY: self._countries,
            Level.REGION: self._regions,
            Level.STUDY: tuple(Group(study_id=study) for study in self.studies),
            Level.PORTFOLIO: (Group(),),
        }
        return {
            level: (of_level, np.array([self._study_no.get(group.study_id or "", -1) for group in of_level], dtype=np.int64))
            for level, of_level in groups.items()
        }


def _region(named: set[tuple[StudyId, str | None, str]], study: StudyId, country: str) -> str | None:
    """The region of a country in a study; ``None`` when its sites do not agree."""
    found = {region for of_study, region, of_country in named if (of_study, of_country) == (study, country)}
    return found.pop() if len(found) == 1 else None


def universe(spines: Mapping[StudyId, Spine]) -> Universe:
    """The groups of a snapshot, from its spine."""
    studies = tuple(sorted(spines, key=by_number))
    return Universe(
        studies,
        tuple((study, site) for study in studies for site in spines[study].sites),
        tuple((study, subject) for study in studies for subject in spines[study].subjects if not subject.pseudo),
    )
