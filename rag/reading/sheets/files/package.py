"""The zip file that a workbook is: its parts, and which of them belong to which."""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from rag.errors import BloatedFile, DamagedFile, FileGone, LockedFile, UnknownKind
from rag.reading.sheets.stored import Broken

_LARGEST = 2 * 2**30
_SUSPICIOUS, _RATIO = 200 * 2**20, 400
_MAIN_PARTS = ("xl/workbook.xml", "xl/workbook.bin")


class Package:
    """The parts of an open zip file, whatever their spelling in upper and lower case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.close = archive.close
        self._archive = archive
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def open(self, part: str) -> IO[bytes]:
        """The bytes of *part*.

        :raises KeyError: when there is no such part
        :raises ValueError: when it brings its own entities, which no spreadsheet program writes
        """
        info = self._parts[part.lower()]
        with self._archive.open(info) as source:
            if b"<!DOCTYPE" in source.read(4096).replace(b"\0", b""):  # also where a sign takes two bytes
                raise ValueError("a part with a document type")
        return self._archive.open(info)

    @property
    def main_part(self) -> str:
        """The part that says what the others are."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        return next((part for part in _MAIN_PARTS if part in self), _MAIN_PARTS[0])

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of *part*, by its id; the target of an ``external`` one is no part."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        if path not in self:
            return found
        with self.open(path) as source:
            for element in ET.parse(source).getroot():  # noqa: S314 - parts with a DTD are refused
                target = element.get("Target", "")
                if element.get("TargetMode") == "External":
                    found[element.get("Id", "")] = ("external", target)
                    continue
                target = target.replace("\\", "/")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = (kind, posixpath.normpath(whole))
        return found


@contextmanager
def opened_package(path: Path, name: str) -> Iterator[Package]:
    """The zip file at *path*, which its owner calls *name*; closed when what is done with it at first fails.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise FileGone(name=name) from error
    except Broken as error:
        raise DamagedFile(name=name) from error
    try:
        _check(archive, name)
        yield Package(archive)
    except KeyError as error:
        archive.close()
        raise UnknownKind(name=name) from error
    except Broken as error:
        archive.close()
        raise DamagedFile(name=name) from error
    except BaseException:
        archive.close()
        raise


def _check(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()  # whatever their endings: a part is what a relation names
    if any(info.flag_bits & 1 for info in infos):
        raise LockedFile(name=name)
    size, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if size > _LARGEST or (size > _SUSPICIOUS and size > packed * _RATIO):
        raise BloatedFile(name=name, size=size // 2**20)
