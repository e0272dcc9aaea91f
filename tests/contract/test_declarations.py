"""Every declaration is well-formed: names are unique, what is referred to exists, and every query compiles on an empty store."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import permutations

import pytest

from ncdm.contracts import KIND_BY_CODE, KINDS, SHEETS, Column, Holds, Kind, Role, SheetContract, tables
from ncdm.ingest.file_kind import kind_by_name
from ncdm.ingest.identify import _stricter, _synonyms
from ncdm.ingest.spelling import header_word, squeeze, without_note
from ncdm.ingest.tables import LINEAGE, all_tables, fields_of, schema
from ncdm.ingest.values import NULL_TOKENS, Remark, conform_text
from ncdm.settings import Settings
from ncdm.store.check import Check
from ncdm.store.findings import CHECKS, findings
from ncdm.store.mesh import Reading
from ncdm.store.notices import REMARKS
from ncdm.store.spine import spines
from ncdm.store.state import State
from ncdm.store.totals import contract_totals, headlines
from ncdm.types import KindCode
from ncdm.wiring import wired

CONTRACTS = [contract for _kind, contract in SHEETS]
BY_CODE = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.code)
FINDING = ["study_id", "kind", "table_name", "subject_id", "site_id", "what", "refs"]
PLAIN_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """The state of a data folder into which nothing was loaded."""
    with wired(Settings(tmp_path_factory.mktemp("empty") / "home", 0, 1)) as mesh:
        yield Reading(mesh.home, mesh.engine).state()


def test_the_nine_kinds_in_their_order() -> None:
    codes = ["cpid", "visit_tracker", "labs", "sae", "inactivated", "missing_pages", "edrr", "meddra", "whodrug"]
    assert [kind.code for kind in KINDS] == codes
    assert [kind.position for kind in KINDS] == list(range(1, 10))
    assert list(KIND_BY_CODE) == codes


def test_the_fifteen_sheets_of_the_cpid() -> None:
    assert len(KIND_BY_CODE[KindCode("cpid")].sheets) == 15


def test_codes_and_titles_are_unique() -> None:
    for names in (
        [contract.code for contract in CONTRACTS],
        [contract.title for contract in CONTRACTS],
        [kind.title for kind in KINDS],
        [check.code for check in CHECKS],
        [headline.name for kind in KINDS for headline in kind.headlines],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_a_code_of_an_invariant_means_one_thing_and_is_no_check() -> None:
    titles: dict[str, set[str]] = {}
    for contract in CONTRACTS:
        for invariant in contract.invariants:
            titles.setdefault(invariant.code, set()).add(invariant.title)
    assert all(len(meant) == 1 for meant in titles.values())
    assert not set(titles) & {check.code for check in CHECKS}


def test_the_tables_of_the_mesh() -> None:
    facts = {
        *("subject_metrics", "query", "nonconformant_item", "signature", "sdv_page", "deviation", "page_action", "visit"),
        *("missing_visit", "lab_issue", "sae_review", "inactivation", "missing_page", "thirdparty_issue", "coding_term"),
    }
    assert {contract.table for contract in CONTRACTS if contract.role is Role.FACTS} == facts
    assert {contract.table for contract in CONTRACTS if contract.role is Role.SUPPORTING}.isdisjoint(facts)
    assert set(all_tables()) == {contract.table for contract in CONTRACTS} | {"rejection", "remark", "total_cell"}


@BY_CODE
def test_names_are_plain_and_unique(contract: SheetContract) -> None:
    names = [field.name for field in (*LINEAGE, *fields_of(contract))]
    assert all(PLAIN_NAME.match(name) for name in (*names, contract.code, contract.table))
    assert [name for name, count in Counter(names).items() if count > 1] == []


@BY_CODE
def test_what_a_contract_refers_to_is_one_of_its_columns(contract: SheetContract) -> None:
    columns = {column.name: column for column in contract.columns}
    stored = {field.name for field in fields_of(contract)}
    assert contract.signature
    assert set(contract.signature) <= set(columns)
    assert contract.data_column in columns
    assert set(contract.content) <= set(columns)
    assert set(contract.key) <= stored
    assert (contract.key != ()) or contract.role is Role.SUPPORTING
    if contract.as_of is not None:
        assert columns[contract.as_of.date].holds in {Holds.DATE, Holds.TIMESTAMP}
        assert columns[contract.as_of.days].holds is Holds.INTEGER
    with pytest.raises(KeyError):
        contract.column("no_such_column")


@BY_CODE
def test_patterns_compile_and_header_rules_make_sense(contract: SheetContract) -> None:
    re.compile(contract.data_starts_with)
    for pattern in contract.content.values():
        re.compile(pattern)
    assert contract.header_rows >= 1
    assert contract.rows_below_header == 0 or contract.data_starts_with
    assert all(word == squeeze(word) for word in contract.sheet_words)


@BY_CODE
def test_every_column_has_a_title_and_a_spelling(contract: SheetContract) -> None:
    for column in contract.columns:
        assert column.title.strip() == column.title != ""
        assert column.synonyms
        assert all(header_word(synonym) for synonym in column.synonyms)
        assert all(derived.title for derived in column.derived)
        assert not column.not_stored or not column.keeps_text


@BY_CODE
def test_spellings_do_not_collide_inside_a_contract(contract: SheetContract) -> None:
    claimed: dict[str, set[str]] = {}
    for column in contract.columns:
        for synonym in column.synonyms:
            claimed.setdefault(header_word(synonym), set()).add(column.name)
            claimed.setdefault(header_word(without_note(synonym)), set()).add(column.name)
    assert {spelling: names for spelling, names in claimed.items() if len(names) > 1} == {}
    assert set(_synonyms(contract)) >= set(claimed)


@BY_CODE
def test_vocabularies_do_not_collide_and_hold_no_null_token(contract: SheetContract) -> None:
    for column in contract.columns:
        claimed = Counter(spelling for spellings in column.vocabulary.values() for spelling in {squeeze(text) for text in spellings})
        assert [spelling for spelling, count in claimed.items() if count > 1] == []
        assert all(spellings for spellings in column.vocabulary.values())
        assert not column.vocabulary or column.holds is Holds.CATEGORY
        for canonical, spellings in column.vocabulary.items():
            assert all(conform_text(spelling, column) == (canonical, None) for spelling in spellings)
            assert canonical.lower() not in NULL_TOKENS


def test_two_contracts_with_one_signature_can_be_told_apart() -> None:
    groups: dict[tuple[str, ...], list[SheetContract]] = {}
    for contract in CONTRACTS:
        spelt = tuple("/".join(sorted(contract.column(name).synonyms)) for name in contract.signature)
        groups.setdefault(spelt, []).append(contract)
    for group in groups.values():
        without_probe = [contract for contract in group if not contract.content]
        assert len(without_probe) <= 1, [contract.code for contract in group]
        assert len({tuple(contract.sheet_words) for contract in group}) == len(group)


def _says_both(contract: SheetContract, other: SheetContract) -> bool:
    """Whether a sheet with only the telling columns of one contract can be spelt so that it is the other, too."""

    def spelt(sheet: SheetContract) -> list[set[str]]:
        return [{header_word(synonym) for synonym in sheet.column(name).synonyms} for name in sheet.signature]

    told = spelt(contract)
    return any(
        all(asked & said for asked, said in zip(spelt(other), chosen, strict=True)) for chosen in permutations(told, len(other.signature))
    )


def test_the_telling_columns_of_one_contract_are_never_those_of_another() -> None:
    queries = {"query_cumulative", "query_site_action", "query_cra_action"}
    told_apart_by_cells = [queries, {"crf_locked", "crf_unlocked"}, {"meddra", "whodrug"}]
    wanted = {pair for group in told_apart_by_cells for pair in permutations(group, 2)} | {("sae_safety", "sae_dm")}
    assert {(one.code, other.code) for one, other in permutations(CONTRACTS, 2) if _says_both(one, other)} == wanted


def test_the_only_contract_that_contains_another_is_the_safety_tab() -> None:
    pairs = {(contract.code, other.code) for contract in CONTRACTS for _kind, other in _stricter(contract)}
    assert ("sae_dm", "sae_safety") in pairs
    assert all(contract != other for contract, other in pairs)


def test_a_table_that_several_contracts_fill_has_one_type_for_each_column() -> None:
    for table, fillers in tables().items():
        types: dict[str, set[str]] = {}
        for _kind, contract in fillers:
            for field in fields_of(contract):
                types.setdefault(field.name, set()).add(str(field.type))
        assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}
        assert set(types) | {field.name for field in LINEAGE} == set(schema(table).names)


def test_every_stored_row_knows_where_it_comes_from() -> None:
    lineage = {"study_id", "source_file", "source_sha256", "source_sheet", "sheet_no", "source_row", "load_id", "ingested_at"}
    for table in all_tables():
        assert lineage <= set(schema(table).names)


def test_user_ids_are_stored_in_no_table() -> None:
    recognised: list[Column] = [column for contract in CONTRACTS for column in contract.columns if column.not_stored]
    assert {column.name for column in recognised} == {"audit_user"}
    assert all("audit_user" not in schema(table).names for table in all_tables())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_word_of_a_kind_finds_it(kind: Kind) -> None:
    assert kind.file_words
    assert kind.source_system
    for word in kind.file_words:
        assert kind_by_name(f"Study 7_{word}_updated.xlsx") == kind.code


def test_every_invariant_compiles(nothing: State) -> None:
    asked = set()
    for _kind, contract in SHEETS:
        for invariant in contract.invariants:
            assert nothing.ask(f'SELECT {invariant.holds} AS kept FROM "{contract.table}"') == []
            asked.add(invariant.code)
    numbered = {"CPID": 4, "QUERY": 3, "LABS": 1, "PAGES": 1, "CODING": 1}
    assert asked >= {f"{word}-{number}" for word, last in numbered.items() for number in range(1, last + 1)}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_compiles_and_gives_what_a_finding_needs(nothing: State, check: Check) -> None:
    assert [row["column_name"] for row in nothing.ask(f"DESCRIBE ({check.sql})")] == FINDING
    assert nothing.ask(check.sql) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_says_why_and_what_it_needs(check: Check) -> None:
    assert check.title
    assert check.why.endswith(".")
    assert set(check.needs) <= set(KIND_BY_CODE)


def test_every_headline_compiles_and_gives_study_and_value(nothing: State) -> None:
    for kind in KINDS:
        for headline in kind.headlines:
            assert [row["column_name"] for row in nothing.ask(f"DESCRIBE ({headline.sql})")] == ["study_id", "value"]
            assert headline.title
            assert headline.unit


def test_every_remark_has_words() -> None:
    assert set(REMARKS) == set(Remark)
    assert all(notice.title and notice.why for notice in REMARKS.values())


def test_an_empty_store_has_no_study_and_no_finding(nothing: State) -> None:
    assert contract_totals(nothing) == {}
    assert {study: figures for study, figures in headlines(nothing).items() if figures} == {}
    assert findings(nothing) == ()
    assert dict(spines(nothing)) == {}
    for table in all_tables():
        assert nothing.ask(f'SELECT count(*) AS n FROM "{table}"') == [{"n": 0}]
