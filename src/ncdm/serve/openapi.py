"""Write the API document, from which the UI's client is generated: ``python -m ncdm.serve.openapi ui/openapi.json``."""

import json
import sys
from pathlib import Path

from ncdm.serve.document import described


def export() -> str:
    """The API document as text, the same for the same code."""
    return json.dumps(described().openapi(), indent=2, sort_keys=False, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(export(), encoding="utf-8")
