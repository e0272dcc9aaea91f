"""One module, one constant, one entry: how every folder of declarations is read.

A file's presence alone adds its declaration; nothing else has to be edited (design.md, section 3).
"""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def declared(package: ModuleType, wanted: type[T]) -> tuple[T, ...]:
    """Every constant of type ``wanted`` that the modules of ``package`` declare, one each, in module order.

    Raises ``TypeError`` when a module declares none or two: such a folder is broken and must not be half read.
    """
    found: list[T] = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        constants = [value for name, value in vars(module).items() if name.isupper() and isinstance(value, wanted)]
        if len(constants) != 1:
            message = f"{module.__name__} must declare exactly one {wanted.__name__} constant, it declares {len(constants)}"
            raise TypeError(message)
        found.append(constants[0])
    return tuple(found)
