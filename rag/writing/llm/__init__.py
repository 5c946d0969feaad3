"""The contract of a language model: messages in, a stream of thinking and prose out."""

from collections.abc import Generator, Iterator, Sequence
from typing import Protocol

from rag.records import Message, ModelInfo, Options, PullProgress, Thought, Used, Wrote


class LLM(Protocol):
    """A model that answers. Closing the stream stops the server's work on it."""

    @property
    def name(self) -> str:
        """The model's name on its server."""

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Thought | Wrote | Used]:
        """Thinking and prose as they come, told apart; ``Used`` last, where the server counts.

        :raises LLMUnavailable: nothing answers at the server's address
        :raises ModelMissing: the server does not have the model
        :raises LLMRefused: the server says no (a bad key, a bad request)
        :raises LLMBroke: the stream ended with an error after it had begun
        """


class ModelServer(Protocol):
    """A server that lists its models."""

    def models(self) -> list[ModelInfo]:
        """What the server has, by name.

        :raises LLMUnavailable: nothing answers at the server's address
        :raises LLMRefused: the server says no
        """

    def pull(self, name: str) -> Iterator[PullProgress]:
        """Download a model to the server, telling how far it is; closing the stream stops it.

        :raises LLMUnavailable: nothing answers at the server's address
        :raises LLMRefused: the server does not know the model, or cannot pull
        """
