"""Files that cannot be added; the rest of the batch can."""

from rag.errors.failure import RagError


class RefusedUpload(RagError):
    """This file cannot be added, whatever is tried again; details: *name*."""


class EmptyFile(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is empty (0 bytes)"
    hint = "Check that the file was saved or downloaded completely, then add it again."


class UnknownKind(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is neither a PDF nor a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv)"
    hint = "Save it as a PDF or an .xlsx workbook and add that."


class DamagedFile(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is damaged and cannot be opened"
    hint = "Open it in its own program, save it again, and add the new copy."


class LockedFile(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is locked with a password"
    hint = "Give the password with --password; if no password opens it, save the file without one and add that."


class NoSheets(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} has no sheet with cells"
    hint = "Check that it is the right workbook; sheets that hold only charts cannot be read yet."


class FileTooLarge(RefusedUpload):
    """Details: *name*, *limit* in MB."""

    sentence = "{name} is larger than {limit} MB"
    hint = "Split the file, or raise RAG_MAX_UPLOAD_MB."


class BloatedFile(RefusedUpload):
    """Details: *name*, *size* in MB."""

    sentence = "{name} would unpack to {size} MB, far more than a document of its size holds"
    hint = "If it is a real workbook, split it; otherwise do not trust where it came from."


class ReaderCrashed(RefusedUpload):
    """Details: *name*, *attempts*."""

    sentence = "Reading {name} stopped unexpectedly {attempts} times"
    hint = "The file may be damaged. Open it in its own program, save it again, and add the new copy."


class FileGone(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} cannot be found on disk"
    hint = "Check the path, then add it again."


class FolderGiven(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is a folder"
    hint = "Give the files in it one by one, or with a pattern such as {name}/*.pdf."


class ForbiddenFile(RefusedUpload):
    """Details: *name*, *reason*."""

    sentence = "{name} may not be read: {reason}"
    hint = "Check who may read the file, then add it again."
