"""Green, yellow, red; and whether that is settled."""

from enum import StrEnum

from ncdm.errors import InvalidQuestion

HIGHEST, GREEN_FROM, YELLOW_FROM, LOWEST = 100.0, 90.0, 75.0, 0.0


class Band(StrEnum):
    """How an index is called."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


def band(value: float) -> Band:
    """Green from 90, yellow from 75, red below. Source: measures-and-statistics 3."""
    if not LOWEST <= value <= HIGHEST:
        raise InvalidQuestion(f"{value:g} is no index", todo="Give a number from 0 to 100.")
    return Band.GREEN if value >= GREEN_FROM else Band.YELLOW if value >= YELLOW_FROM else Band.RED


def settled(value: float, low: float, high: float) -> bool:
    """Whether all of the interval has the band that the value has; otherwise the band is not settled."""
    return band(value) == band(low) == band(high)
