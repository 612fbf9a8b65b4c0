"""Imports of the library point one way: CONTRIBUTING.md has the order."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "migkg"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def order() -> dict[str, int]:
    """In which line of the table each module or package of the library stands."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = re.search(r"^\| in `src/migkg/`.*\n\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table, "CONTRIBUTING.md has no table of modules"
    rows = [row.split("|")[1] for row in table[1].splitlines()]
    return {name: at for at, row in enumerate(rows) for name in re.findall(r"`(\w+/?)`", row)}


def imported(path: Path) -> Iterator[str]:
    """The modules of the library that a module imports, within functions and for types too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (_module(alias.name) for alias in node.names if alias.name[:5] == "migkg")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports by a relative name"
            if node.module and node.module.partition(".")[0] == "migkg":
                yield from (_module(f"{node.module}.{alias.name}") for alias in node.names)


def _module(name: str) -> str:
    """The module that holds what is imported: the name itself, or what it is taken from."""
    for module in (name, f"{name}.__init__", name.rpartition(".")[0]):
        if module in MODULES:
            return module
    return name.rpartition(".")[0] + ".__init__"


def _entry(module: str) -> str:
    """How the table calls a module: by its package, if it is in one."""
    _, name, *inner = module.split(".")
    return f"{name}/" if inner else name


def test_every_module_has_its_place() -> None:
    assert {_entry(module) for module in MODULES} - {"__init__", "__main__"} == order().keys()


def test_imports_point_one_way() -> None:
    place = {"__init__": -1, **order(), "__main__": 99}  # the version, and the command
    wrong = [
        f"{module} imports {other}"
        for module, path in MODULES.items()
        for other in imported(path)
        if _entry(module) != _entry(other) and place[_entry(module)] <= place[_entry(other)]
    ]
    assert wrong == []


def test_no_imports_go_in_a_circle() -> None:
    TopologicalSorter({module: imported(path) for module, path in MODULES.items()}).prepare()


def test_to_import_a_package_loads_nothing() -> None:
    for path in PACKAGE.glob("*/**/__init__.py"):
        if path.parent.name != "cli":
            (said,) = ast.parse(path.read_text(encoding="utf-8")).body
            assert isinstance(said, ast.Expr), f"{path} holds more than a docstring"
