"""The README tells what the code says. ``python tests/test_readme.py`` writes its tables anew."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from rag.entrypoints.cli import main
from rag.retrieval.asked import glossary
from rag.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def commands():
    lines = ["| command | what it does |", "|---|---|"]
    for name, command in main.commands.items():
        lines.append(f"| `pagecite {name}` | {command.get_short_help_str(200)} |")
    return lines


def settings():
    lines = ["| name | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, SecretStr):
            default = default.get_secret_value()
        shown = default.name if isinstance(default, Path) else str(default)
        lines.append(f"| `RAG_{name.upper()}` | {f'`{shown}`' if shown else ''} | {field.description} |")
    return lines


def tree():
    """Each folder of the package with what its docstring says first, and the files that stand beside them."""
    lines = ["```text"]
    package = ROOT / "rag"
    inside = [path for path in package.rglob("__init__.py") if not {"migrations", "components"} & set(path.parts)]
    for path in [*sorted(inside, key=lambda path: path.parent.parts), *sorted(package.glob("[!_]*.py"))]:
        said = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
        named = path.parent if path.name == "__init__.py" else path
        depth = len(named.relative_to(ROOT).parts) - 1
        name = f"{named.name}/" if named != path else named.name
        lines.append(f"{'  ' * depth}{name:<{24 - 2 * depth}}{said}")
    return [*lines, "```"]


PARTS = {"commands": commands, "settings": settings, "tree": tree}


def part(text, name):
    return re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)[1].splitlines()


@pytest.mark.parametrize("name", PARTS)
def test_the_readme_tells_what_the_code_says(name):
    assert part(README.read_text("utf-8"), name) == PARTS[name]()


def test_the_commands_of_the_readme_exist():
    readme = README.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:^|`|whl/cpu |9000 )make ([a-z-]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= told <= targets
    assert set(re.findall(r"`?pagecite ([a-z]+)", readme)) == set(main.commands)


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_the_glossary_has_as_many_concepts_as_is_told(name):
    held = tomllib.loads(Path(glossary.__file__).with_suffix(".toml").read_text("utf-8"))
    told = re.findall(r"(\d+)\s+(?:of them in Chinese and English|concepts)", (ROOT / name).read_text("utf-8"))
    assert told == [str(len(held["concept"]))]


if __name__ == "__main__":
    text = README.read_text("utf-8")
    for name, make in PARTS.items():
        block = f"<!-- {name} -->\n" + "\n".join(make()) + f"\n<!-- /{name} -->"
        text = re.sub(rf"<!-- {name} -->\n.*?<!-- /{name} -->", lambda _, block=block: block, text, flags=re.DOTALL)
    README.write_text(text, "utf-8")
