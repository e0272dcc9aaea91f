"""What-if as people read it on a terminal."""

from collections.abc import Sequence

from ncdm.commands.clean_shown import percents
from ncdm.commands.console import OUT, as_table, printable
from ncdm.serve.measured.answers import SavedVersion, Standing, WhatIf
from ncdm.types import StudyId

_MOST = 12


def what_if_shown(study: StudyId, found: WhatIf, saved: SavedVersion | None) -> None:
    """The numbers side by side, then what is behind the difference."""
    before, after = found.flags_before, found.flags_after
    rows: list[tuple[str, object, object, str]] = [
        ("red flags", before.red, after.red, _by(before.red, after.red)),
        ("amber flags", before.amber, after.amber, _by(before.amber, after.amber)),
        ("sites with a flag", before.sites, after.sites, _by(before.sites, after.sites)),
        ("expected false flags", *_both(before.expected_false, after.expected_false)),
        ("clean subjects", _clean(found.clean_before), _clean(found.clean_after), _by(found.clean_before.clean, found.clean_after.clean)),
        ("subjects unknown", *_counts(found.clean_before.unknown, found.clean_after.unknown)),
        ("one step from clean", *_counts(found.one_step_before, found.one_step_after)),
        ("items in the way", *_counts(sum(one.before for one in found.work), sum(one.after for one in found.work))),
        ("data quality index", *_both(found.quality_before.value, found.quality_after.value)),
    ]
    as_table(f"{study}, {found.milestone.title}", ("number", "published", "changed", "difference"), rows, numbers=("published", "changed"))
    as_table(
        "Indicators that the change touches",
        ("kri", "title", "red", "then", "amber", "then ", "by chance", "then  ", "other flag"),
        [
            (
                one.code,
                one.title,
                one.before.red,
                one.after.red,
                one.before.amber,
                one.after.amber,
                f"{one.before.expected_false:.2f}",
                f"{one.after.expected_false:.2f}",
                len(one.moved),
            )
            for one in found.kris
            if one.moved or one.code in found.change.limits
        ],
        numbers=("red", "then", "amber", "then ", "by chance", "then  ", "other flag"),
        empty="No indicator is touched.",
    )
    as_table(
        "Work in the way, by owner",
        ("owner", "published", "changed", "difference"),
        [(one.owner, *_counts(one.before, one.after)) for one in found.work],
        numbers=("published", "changed"),
        empty="Nothing that is known stands in the way.",
    )
    for what, labels in (
        ("newly flagged", found.newly_flagged),
        ("flagged no more", found.cleared),
        ("asked no more, which is not clear", found.silenced),
        ("would be clean", found.becomes_clean),
        ("no longer clean", found.no_longer_clean),
    ):
        if labels:
            more = f", and {len(labels) - _MOST} more" if len(labels) > _MOST else ""
            OUT.print(f"{len(labels)} {what}: {', '.join(printable(one) for one in labels[:_MOST])}{more}", soft_wrap=True)
    OUT.print(f"configuration {found.config_hash[:12]}, published {found.base_hash[:12]}")
    if saved is not None:
        OUT.print(f"Saved as version {saved.number}.")


def versions_shown(study: StudyId, listed: Sequence[SavedVersion]) -> None:
    """The saved versions, newest first."""
    as_table(
        f"Versions of {study}",
        ("version", "saved", "author", "milestone", "configuration", "reason"),
        [
            (
                one.number,
                f"{one.saved_at:%d %b %Y %H:%M} UTC",
                one.author,
                one.milestone,
                one.config_hash[:12],
                one.reason.replace("\n", " "),
            )
            for one in listed
        ],
        numbers=("version",),
        empty=f"No version of {study} is saved yet.",
    )


def _by(before: int, after: int) -> str:
    return "no change" if before == after else f"{after - before:,} more" if after > before else f"{before - after:,} fewer"


def _counts(before: int, after: int) -> tuple[int, int, str]:
    return before, after, _by(before, after)


def _both(before: float | None, after: float | None) -> tuple[str | None, str | None, str]:
    if before is None or after is None:
        return None if before is None else f"{before:.2f}", None if after is None else f"{after:.2f}", "not to be said"
    by = round(after - before, 2)
    return f"{before:.2f}", f"{after:.2f}", "no change" if by == 0 else f"{by:+.2f}"


def _clean(standing: Standing) -> str:
    share = "share unknown" if standing.share is None or standing.share_if is None else f"{percents(standing.share_if)} %"
    return f"{standing.clean:,} of {standing.members - standing.not_applicable:,} ({share})"
