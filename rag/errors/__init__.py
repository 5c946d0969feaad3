"""Every failure and every warning a person can meet: what happened, and what to do.

::

    RagError
    ├── RefusedUpload          this file cannot be added; the rest of the batch can
    │   ├── EmptyFile  UnknownKind  DamagedFile  LockedFile  NoSheets  FileTooLarge  ReaderCrashed  FileGone
    │   │   BloatedFile  FolderGiven  ForbiddenFile
    ├── LLMError               no prose; the evidence is still there
    │   ├── LLMUnavailable  LLMRefused  ModelMissing  LLMBroke  EmptyAnswer
    ├── EmbedderError
    │   ├── EmbedderUnavailable  EmbedderMismatch
    ├── RerankerUnavailable    the hits keep their order
    ├── NotFound
    │   ├── NoSuchBase  NoSuchDocument  NoSuchPage  NoSuchConversation  AmbiguousName  NoSuchTable
    │   │   NoSuchFigure  NoSuchQuestion  NoSuchRun  NoSuchTerm
    └── CannotDo
        ├── NameTaken  BadName  BadQuestion  BadQuestions  DiskFull  BadFolder  BadTemplate  BadSettings
        │   NothingToSearch  NothingSelected  BadPages  CannotMerge  CannotCompute  BadViewName  BadGoldFile  BadGold
        │   CannotMeasure  BenchTooLarge  NoRoomForVectors  BadTerm  TermTaken  TooManyTerms  WrongPassword
        │   PageUndrawable  BadTermFile  DamagedCatalog  NewerCatalog  AtWork

Notes (warnings that do not stop anything) are in ``notes``, by code. The sentences here are English; the page keeps
the same codes in every language it speaks. What is added goes into the file of its kind, the list below and the tree.
"""

from rag.errors.failure import RagError
from rag.errors.missing import (
    AmbiguousName,
    NoSuchBase,
    NoSuchConversation,
    NoSuchDocument,
    NoSuchFigure,
    NoSuchPage,
    NoSuchQuestion,
    NoSuchRun,
    NoSuchTable,
    NoSuchTerm,
    NotFound,
)
from rag.errors.models import (
    EmbedderError,
    EmbedderMismatch,
    EmbedderUnavailable,
    EmptyAnswer,
    LLMBroke,
    LLMError,
    LLMRefused,
    LLMUnavailable,
    ModelMissing,
    RerankerUnavailable,
)
from rag.errors.notes import NOTES, explain, known_errors
from rag.errors.uploads import (
    BloatedFile,
    DamagedFile,
    EmptyFile,
    FileGone,
    FileTooLarge,
    FolderGiven,
    ForbiddenFile,
    LockedFile,
    NoSheets,
    ReaderCrashed,
    RefusedUpload,
    UnknownKind,
)
from rag.errors.wishes import (
    AtWork,
    BadFolder,
    BadGold,
    BadGoldFile,
    BadName,
    BadPages,
    BadQuestion,
    BadQuestions,
    BadSettings,
    BadTemplate,
    BadTerm,
    BadTermFile,
    BadViewName,
    BenchTooLarge,
    CannotCompute,
    CannotDo,
    CannotMeasure,
    CannotMerge,
    DamagedCatalog,
    DiskFull,
    NameTaken,
    NewerCatalog,
    NoRoomForVectors,
    NothingSelected,
    NothingToSearch,
    PageUndrawable,
    TermTaken,
    TooManyTerms,
    WrongPassword,
)

__all__ = [
    "NOTES",
    "AmbiguousName",
    "AtWork",
    "BadFolder",
    "BadGold",
    "BadGoldFile",
    "BadName",
    "BadPages",
    "BadQuestion",
    "BadQuestions",
    "BadSettings",
    "BadTemplate",
    "BadTerm",
    "BadTermFile",
    "BadViewName",
    "BenchTooLarge",
    "BloatedFile",
    "CannotCompute",
    "CannotDo",
    "CannotMeasure",
    "CannotMerge",
    "DamagedCatalog",
    "DamagedFile",
    "DiskFull",
    "EmbedderError",
    "EmbedderMismatch",
    "EmbedderUnavailable",
    "EmptyAnswer",
    "EmptyFile",
    "FileGone",
    "FileTooLarge",
    "FolderGiven",
    "ForbiddenFile",
    "LLMBroke",
    "LLMError",
    "LLMRefused",
    "LLMUnavailable",
    "LockedFile",
    "ModelMissing",
    "NameTaken",
    "NewerCatalog",
    "NoRoomForVectors",
    "NoSheets",
    "NoSuchBase",
    "NoSuchConversation",
    "NoSuchDocument",
    "NoSuchFigure",
    "NoSuchPage",
    "NoSuchQuestion",
    "NoSuchRun",
    "NoSuchTable",
    "NoSuchTerm",
    "NotFound",
    "NothingSelected",
    "NothingToSearch",
    "PageUndrawable",
    "RagError",
    "ReaderCrashed",
    "RefusedUpload",
    "RerankerUnavailable",
    "TermTaken",
    "TooManyTerms",
    "UnknownKind",
    "WrongPassword",
    "explain",
    "known_errors",
]
