"""The API document is complete, and the page is generated from it."""

import json
import subprocess
import sys
from pathlib import Path

from ncdm.serve.openapi import export

WRITTEN = Path(__file__).parents[2] / "ui" / "openapi.json"


def test_the_document_that_the_page_was_generated_from_is_this_one() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == export(), "run: python -m ncdm.serve.openapi ui/openapi.json"


def test_the_command_writes_the_document(tmp_path: Path) -> None:
    target = tmp_path / "openapi.json"
    subprocess.run([sys.executable, "-m", "ncdm.serve.openapi", str(target)], check=True, timeout=60)
    assert target.read_text(encoding="utf-8") == export()


def test_every_operation_says_what_it_is_and_what_can_go_wrong() -> None:
    document = json.loads(export())
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            assert operation["tags"], where
            if not path.endswith("/health"):
                assert {"401", "403", "422", "500"} <= set(operation["responses"]), where
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/ErrorAnswer"), where


def test_no_answer_leaves_a_field_out() -> None:
    for name, schema in json.loads(export())["components"]["schemas"].items():
        if schema["type"] == "object":
            assert set(schema["required"]) == set(schema["properties"]), name
