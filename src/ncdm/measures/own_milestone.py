"""A sponsor's own milestone, as a small TOML or JSON text: which criteria gate it, which are shown, and what a study does otherwise."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ncdm.errors import InvalidQuestion
from ncdm.measures.clean import CRITERIA
from ncdm.measures.milestone import Milestone
from ncdm.types import StudyId

_KEYS = frozenset({"title", "gates", "shown", "why", "studies"})
_OF_STUDY = frozenset({"gates", "shown"})


@dataclass(frozen=True, eq=False)
class Planned:
    """A milestone, and the studies for which it is another one."""

    milestone: Milestone
    studies: Mapping[StudyId, Milestone]

    def of(self, study: StudyId) -> Milestone:
        """The milestone of a study."""
        return self.studies.get(study, self.milestone)


def own_milestone(text: str, name: str) -> Planned:
    """What a file says. ``name`` is the file's, for messages; it ends in ``.toml`` or ``.json``.

    ``title`` (text), ``gates`` (codes of criteria, at least one), ``shown`` (codes, optional), ``why`` (text, optional) and ``studies`` (optional): the
    label of a study, such as ``Study 7``, with ``gates`` and ``shown`` of its own. Raises `InvalidQuestion` for anything else.
    """
    try:
        told: object = json.loads(text) if name.lower().endswith(".json") else tomllib.loads(text)
    except ValueError as error:
        raise InvalidQuestion(f"the milestone cannot be read: {error}", where=name, todo="Give a TOML or JSON file in UTF-8.") from None
    found = _table(told, _KEYS, name)
    title = found.get("title")
    if not isinstance(title, str) or not title.strip():
        raise InvalidQuestion("the milestone has no title", where=name, todo='Give one: title = "Dry run".')
    why = found.get("why", "")
    milestone = Milestone(
        code="own", title=title.strip(), gates=_codes(found, "gates", name), shown=_codes(found, "shown", name), why=str(why)
    )
    of_studies = {
        StudyId(study): _table(one, _OF_STUDY, f"{name}: {study}") for study, one in _table(found.get("studies", {}), None, name).items()
    }
    return Planned(
        _checked(milestone, name),
        {
            study: _checked(
                replace(
                    milestone,
                    gates=_codes(one, "gates", name) if "gates" in one else milestone.gates,
                    shown=_codes(one, "shown", name) if "shown" in one else milestone.shown,
                ),
                f"{name}: {study}",
            )
            for study, one in of_studies.items()
        },
    )


def _table(value: object, keys: frozenset[str] | None, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidQuestion(
            "a milestone is a table of names and values", where=where, todo='Write: title = "Dry run", gates = ["V", "Q"].'
        )
    wrong = sorted(str(key) for key in value if keys is not None and key not in keys)
    if wrong:
        raise InvalidQuestion(f"a milestone has no {', '.join(wrong)}", where=where, todo=f"It may have {', '.join(sorted(keys or ()))}.")
    return {str(key): one for key, one in value.items()}


def _codes(found: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """The criteria of a list, each once, in the order given."""
    told = found.get(key, [])
    if not isinstance(told, list) or not all(isinstance(code, str) for code in told):
        raise InvalidQuestion(f"{key} is no list of criteria", where=where, todo=f'Write: {key} = ["V", "Q"].')
    codes = tuple(dict.fromkeys(str(code).strip().upper() for code in told))
    return criteria_named(codes, f"{where}: {key}")


def criteria_named(codes: tuple[str, ...], where: str) -> tuple[str, ...]:
    """These codes, all of which are criteria. Raises `InvalidQuestion`."""
    wrong = [code for code in codes if code not in CRITERIA]
    if wrong:
        raise InvalidQuestion(f"there is no criterion {', '.join(wrong)}", where=where, todo=f"Choose of {', '.join(CRITERIA)}.")
    return codes


def _checked(milestone: Milestone, where: str) -> Milestone:
    if not milestone.gates:
        raise InvalidQuestion("a milestone that asks for nothing is none", where=where, todo=f"Give gates of {', '.join(CRITERIA)}.")
    return replace(milestone, shown=tuple(code for code in milestone.shown if code not in milestone.gates))
