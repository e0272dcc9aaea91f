"""Definitions in the words of the API."""

from ncdm.measures.defined import DEFINED, Defined
from ncdm.measures.not_computable import NOT_COMPUTABLE
from ncdm.serve.measured import answers as say


def definition_told(one: Defined) -> say.Definition:
    """What a number means."""
    said = one.definition
    return say.Definition(
        code=one.code,
        title=one.title,
        kind=one.kind,
        unit=one.unit,
        what=said.what,
        why=said.why,
        formula=said.formula,
        source=said.source,
        example=said.example,
        limits=said.limits,
        facts=tuple(say.Fact(name=name, told=(told,) if isinstance(told, str) else told) for name, told in one.facts.items()),
    )


DEFINITIONS = say.Definitions(
    definitions=tuple(definition_told(one) for one in DEFINED.values()),
    gaps=tuple(say.Gap(code=one.code, title=one.title, why=one.why, needed=one.needed, source=one.source) for one in NOT_COMPUTABLE),
)
