"""What is chosen by its name, or by the settings: models, rerankers and indexes, each imported when it is chosen."""

import time
from functools import cache, lru_cache

from rag.errors import BadSettings, LLMError
from rag.records import ModelChoice, RerankerChoice
from rag.retrieval.embedder import Embedder, bundled_e5
from rag.retrieval.reranker import Reranker
from rag.retrieval.vectors import Vectors
from rag.settings import Settings
from rag.writing.llm import LLM, ModelServer

_REMEMBER = 10.0  # seconds for which a model server is not asked again what it has


@cache
def embedder(settings: Settings, name: str) -> Embedder:
    """The embedding model of a name that a base remembers; weights are loaded when they are first needed."""
    match name:
        case "bundled-e5":
            return embedder(settings, bundled_e5.NAME)
        case bundled_e5.NAME:
            return bundled_e5.BundledE5(settings.home / "models" / bundled_e5.NAME)
        case "hashing" | "hashing-256":
            from rag.retrieval.embedder.hashing import HashingEmbedder  # noqa: PLC0415 - chosen

            return HashingEmbedder()
        case _:
            from rag.retrieval.embedder.sentence_transformer import SentenceTransformerEmbedder  # noqa: PLC0415 - chosen

            return SentenceTransformerEmbedder(name, download=settings.download)


def llm(choice: ModelChoice) -> LLM | None:
    """The model of *choice*; ``None`` when the evidence is to be the answer."""
    match choice.server:
        case "ollama" if choice.name:
            from rag.writing.llm.ollama import OllamaLLM  # noqa: PLC0415 - chosen

            return OllamaLLM(choice.name, choice.url)
        case "openai" if choice.name:
            from rag.writing.llm.openai_compatible import OpenAICompatibleLLM  # noqa: PLC0415 - chosen

            return OpenAICompatibleLLM(choice.name, choice.url, choice.key)
        case "scripted":
            from rag.writing.llm.scripted import ScriptedLLM  # noqa: PLC0415 - chosen

            return ScriptedLLM()
        case _:
            return None


def server(choice: ModelChoice) -> ModelServer | None:
    """The server of *choice*, to list and pull models."""
    match choice.server:
        case "ollama":
            from rag.writing.llm.ollama import OllamaServer  # noqa: PLC0415 - chosen

            return OllamaServer(choice.url)
        case "openai":
            from rag.writing.llm.openai_compatible import OpenAICompatibleServer  # noqa: PLC0415 - chosen

            return OpenAICompatibleServer(choice.url, choice.key)
        case "scripted":
            from rag.writing.llm.scripted import ScriptedServer  # noqa: PLC0415 - chosen

            return ScriptedServer()
        case _:
            return None


@cache
def reranker(settings: Settings, choice: RerankerChoice) -> Reranker | None:
    """The reranker of *choice*; ``None`` when the hits are to keep their order."""
    match choice.kind:
        case "local" if choice.name:
            from rag.retrieval.reranker.cross_encoder import CrossEncoderReranker  # noqa: PLC0415 - chosen

            return CrossEncoderReranker(choice.name, download=settings.download)
        case "server" if choice.url:
            from rag.retrieval.reranker.rerank_endpoint import RerankEndpoint  # noqa: PLC0415 - chosen

            return RerankEndpoint(choice.url, choice.name, choice.key)
        case "shared-words":
            from rag.retrieval.reranker.shared_words import SharedWordsReranker  # noqa: PLC0415 - chosen

            return SharedWordsReranker()
        case _:
            return None


def default_reranker(settings: Settings) -> RerankerChoice:
    """The reranker that the settings name."""
    named = settings.reranker.strip()
    if named in {"", "off", "none"}:
        return RerankerChoice()
    if named == "shared-words":
        return RerankerChoice("shared-words", named)
    if named.startswith(("http://", "https://")):
        return RerankerChoice("server", settings.reranker_model, named, settings.reranker_key.get_secret_value())
    return RerankerChoice("local", named)


def default_model(settings: Settings) -> ModelChoice:
    """The model that the settings name; with ``auto``, one that a server of theirs has, deepseek-r1 before others."""
    match settings.llm:
        case "scripted" | "none":
            return ModelChoice(settings.llm)
        case "openai":
            return _openai(settings)
        case "ollama":
            return ModelChoice(
                "ollama", settings.model or _found_in_ollama(settings.ollama_url, _moment()), settings.ollama_url
            )
        case "auto":
            if settings.openai_url and settings.model:
                return _openai(settings)
            name = settings.model or _found_in_ollama(settings.ollama_url, _moment())
            return ModelChoice("ollama", name, settings.ollama_url)


def _openai(settings: Settings) -> ModelChoice:
    return ModelChoice("openai", settings.model, settings.openai_url, settings.openai_key.get_secret_value())


def _moment() -> int:
    return int(time.monotonic() / _REMEMBER)


@lru_cache(maxsize=4)
def _found_in_ollama(url: str, _moment: int) -> str:
    """A model that Ollama has, asked at most once in a while; empty when it has none or does not answer."""
    from rag.writing.llm.ollama import OllamaServer  # noqa: PLC0415 - chosen

    try:
        names = [model.name for model in OllamaServer(url).models()]
    except (LLMError, BadSettings):
        return ""
    reasoning = [name for name in names if name.startswith("deepseek-r1")]
    return next(iter(reasoning or names), "")


def vectors(settings: Settings, name: str, dim: int) -> Vectors:
    """The index for the vectors of the embedding model *name*, with what is kept of them."""
    from rag.retrieval.vectors.faiss_index import FaissIndex, folder_of  # noqa: PLC0415 - faiss takes a fifth of a second to import

    return FaissIndex(dim, folder_of(settings.home / "vectors", name), name)
