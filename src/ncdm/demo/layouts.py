"""The twelve deliveries that the generator imitates; the first six carry every quirk between them."""

from ncdm.demo.layouts_late import BANNERED, FROZEN, LOCKING
from ncdm.demo.layouts_running import HEAVY, PILED, RENAMED
from ncdm.demo.layouts_small import FORMLESS, TEXTUAL, TINY, TWO_SITES
from ncdm.demo.layouts_without_cpid import TREATED, VAST

LAYOUTS = (HEAVY, PILED, VAST, BANNERED, RENAMED, TREATED, TEXTUAL, TINY, LOCKING, TWO_SITES, FORMLESS, FROZEN)
