"""All settings, read once at the edge from ``RAG_*`` (and ``OLLAMA_HOST``); unknown names are refused."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from rag.errors import BadSettings

_ROOT = Path(__file__).parents[1]
_PREFIX = "RAG_"


class Settings(BaseModel):
    """What can be set. Frozen and hashable, so that one set of settings has one workspace."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    home: Path = Field(Path(".rag"), description="the data folder")
    host: str = Field("127.0.0.1", min_length=1, description="the address that the page listens on")
    port: int = Field(8501, ge=1, le=65535, description="the port of the page")
    max_upload_mb: int = Field(500, ge=1, description="the largest file that is taken, in MB")
    embedder: str = Field(
        "bundled-e5",
        min_length=1,
        description="the embedding model of new bases: `bundled-e5`, or any sentence-transformers name or folder",
    )
    download: bool = Field(
        False, description="whether an embedding model or a reranker that is not on disk may be downloaded"
    )
    close_reading: Literal["on", "off"] = Field(
        "on", description="whether PDFs are read a second time, closely: layout, tables, figures, scanned pages"
    )
    llm: Literal["auto", "ollama", "openai", "scripted", "none"] = Field(
        "auto", description="the model server; `auto` is what was chosen on the page, else Ollama"
    )
    model: str = Field("", description="the model's name on its server")
    ollama_url: str = Field("http://127.0.0.1:11434", description="where Ollama listens; `OLLAMA_HOST` is honoured")
    openai_url: str = Field("", description="base URL of an OpenAI-compatible server")
    openai_key: SecretStr = Field(SecretStr(""), description="its key")
    reranker: str = Field(
        "off",
        description="what reads the first hits again: `off`, a cross-encoder's name or folder, or a server's address",
    )
    reranker_model: str = Field("", description="the reranker's name on its server")
    reranker_key: SecretStr = Field(SecretStr(""), description="the key to it")
    reranked: int = Field(30, ge=2, le=200, description="how many of the first hits a reranker is given")
    rewriting: Literal["on", "off"] = Field(
        "off", description="whether a model puts questions otherwise before the search: whole, in other words"
    )
    context: int = Field(8192, ge=1024, description="tokens a model may read and write for one answer")
    prompts: Path = Field(_ROOT / "prompts", description="the folder of prompt templates")
    samples: Path = Field(_ROOT / "sample_docs", description="the folder of sample documents")

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None, **overrides: Any) -> "Settings":
        """Settings from the environment, where an empty one is none; *overrides* that are not ``None`` win.

        :raises BadSettings: when a ``RAG_*`` name is unknown or a value does not fit
        """
        environment = os.environ if environment is None else environment
        given: dict[str, Any] = {}
        if environment.get("OLLAMA_HOST"):
            given["ollama_url"] = environment["OLLAMA_HOST"]
        for variable, value in environment.items():
            name = variable.removeprefix(_PREFIX).lower()
            if variable.startswith(_PREFIX) and (value or name not in cls.model_fields):
                given[name] = value
        given |= {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            name = f"{_PREFIX}{'_'.join(map(str, first['loc'])).upper()}"
            reason = "no such setting" if first["type"] == "extra_forbidden" else first["msg"]
            raise BadSettings(reason=f"{name}: {reason}") from error
