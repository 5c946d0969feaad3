"""Models that cannot answer, embed or read the first hits again."""

from rag.errors.failure import RagError


class LLMError(RagError):
    """No prose came; the evidence is still the answer."""


class LLMUnavailable(LLMError):
    """Details: *url*."""

    sentence = "No model server answers at {url}"
    hint = "Start it (for Ollama: `ollama serve`) or choose another on the Models page. The evidence needs no model."


class LLMRefused(LLMError):
    """Details: *url*, *reason*."""

    sentence = "The model server at {url} refused the request: {reason}"
    hint = "Check the model name and the key on the Models page."


class ModelMissing(LLMError):
    """Details: *model*, *url*."""

    sentence = "The model {model} is not on the server at {url}"
    hint = "Pull it on the Models page, or choose one that the server has."


class LLMBroke(LLMError):
    """Details: *url*, *reason*."""

    sentence = "The model server at {url} stopped in the middle of the answer: {reason}"
    hint = "What had arrived is kept. Ask again; if it happens again, look at the server's log."


class EmptyAnswer(LLMError):
    """Details: *model*."""

    sentence = "{model} returned an empty answer"
    hint = "Ask again, or choose another model. The evidence needs no model."


class EmbedderError(RagError):
    """Vectors cannot be made."""


class EmbedderUnavailable(EmbedderError):
    """Details: *name*, *reason*."""

    sentence = "The embedding model {name} cannot be loaded: {reason}"
    hint = "Check its name or folder. Without network, use the model that comes with PageCite: bundled-e5."


class EmbedderMismatch(EmbedderError):
    """Details: *base*, *theirs*, *ours*."""

    sentence = "The base {base} was built with the embedding model {theirs}, not with {ours}"
    hint = "Use the model it was built with, or create a new base and add the documents to it."


class RerankerUnavailable(RagError):
    """Details: *name*, *reason*."""

    sentence = "The reranker {name} cannot be used: {reason}"
    hint = "The passages stand in the order in which they were found. Check the reranker on the Models page."
