"""Country names in, ISO 3166 alpha-3 out; what ISO does not know stays as it is and is said."""

import pytest
from tests.building import column

from ncdm.ingest.countries import iso3
from ncdm.ingest.values import Remark, conform_text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KOREA (THE REPUBLIC OF)", "KOR"),
        ("KOREA (THE DEMOCRATIC PEOPLE'S REPUBLIC OF)", "PRK"),
        ("Korea, Republic of", "KOR"),
        ("Republic of Korea", "KOR"),
        ("South Korea", "KOR"),
        ("UNITED STATES OF AMERICA (THE)", "USA"),
        ("UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND (THE)", "GBR"),
        ("RUSSIAN FEDERATION (THE)", "RUS"),
        ("TAIWAN (PROVINCE OF CHINA)", "TWN"),
        ("VIET NAM", "VNM"),
        ("Vietnam", "VNM"),
        ("CZECHIA", "CZE"),
        ("Czech Republic", "CZE"),
        ("NETHERLANDS (THE)", "NLD"),
        ("NETHERLANDS (KINGDOM OF THE)", "NLD"),
        ("PHILIPPINES (THE)", "PHL"),
        ("DOMINICAN REPUBLIC (THE)", "DOM"),
        ("DOMINICA", "DMA"),
        ("MOLDOVA (THE REPUBLIC OF)", "MDA"),
        ("NIGER (THE)", "NER"),
        ("NIGERIA", "NGA"),
        ("CONGO (THE)", "COG"),
        ("CONGO (THE DEMOCRATIC REPUBLIC OF THE)", "COD"),
        ("GUINEA", "GIN"),
        ("GUINEA-BISSAU", "GNB"),
        ("TÜRKIYE", "TUR"),
        ("TURKIYE", "TUR"),
        ("Turkey", "TUR"),
        ("CÔTE D'IVOIRE", "CIV"),
        ("COTE D'IVOIRE", "CIV"),
        ("COTE D\u2019IVOIRE", "CIV"),
        ("Reunion", "REU"),
        ("Bosnia & Herzegovina", "BIH"),
        ("Hong Kong", "HKG"),
        ("Puerto Rico", "PRI"),
        ("JPN", "JPN"),
        ("jpn", "JPN"),
        ("JP", "JPN"),
        ("UK", "GBR"),
        ("USA", "USA"),
        (" germany ", "DEU"),
        ("Atlantis", None),
        ("XXX", None),
        ("", None),
    ],
)
def test_names_and_codes(name: str, code: str | None) -> None:
    assert iso3(name) == code


def test_an_unknown_country_is_kept_and_said() -> None:
    assert conform_text("Atlantis", column("labs", "country_iso3")) == ("Atlantis", Remark.UNKNOWN_COUNTRY)
    assert conform_text("Area 1234567", column("labs", "country_iso3")) == ("Area [id]", Remark.UNKNOWN_COUNTRY)


def test_a_country_cell_may_be_empty() -> None:
    assert conform_text("NA", column("labs", "country_iso3")) == (None, None)
