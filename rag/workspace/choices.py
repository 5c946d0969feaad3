"""Which models answer, read again and rewrite: as somebody has chosen, or as the settings say."""

from collections.abc import Callable
from dataclasses import asdict

from rag.library.preferences import Preferences
from rag.records import ModelChoice, RerankerChoice
from rag.workspace.held import Held


class Choices(Held):
    """What may be chosen, for everyone."""

    __slots__ = ()

    def model(self, who: str) -> ModelChoice:  # noqa: ARG002 - one choice for everyone, until there are accounts
        """The model that answers: what was chosen, or what the settings say."""
        return chosen_model(self.preferences, self.default_model)

    def choose_model(self, who: str, choice: ModelChoice | None) -> None:  # noqa: ARG002
        """Let *choice* answer from now on; ``None`` goes back to the settings."""
        self.preferences.set("model", None if choice is None else asdict(choice))

    def reranker(self, who: str) -> RerankerChoice:  # noqa: ARG002 - one choice for everyone, as above
        """What reads the first hits again: what was chosen, or what the settings say."""
        return self.reranking.chosen()

    def choose_reranker(self, who: str, choice: RerankerChoice | None) -> None:  # noqa: ARG002
        """Let *choice* read the first hits again from now on; ``None`` goes back to the settings.

        :raises RerankerUnavailable: when it cannot be used; the choice there was then stays
        """
        if choice is not None:
            self.reranking.check(choice)
        self.preferences.set("reranker", None if choice is None else asdict(choice))

    def rewrites(self, who: str) -> bool:  # noqa: ARG002
        """Whether a model puts questions otherwise before the search."""
        return self.asking.rewrites()

    def choose_rewriting(self, who: str, choice: bool | None) -> None:  # noqa: ARG002
        """Let a model put questions otherwise, or not; ``None`` goes back to the settings."""
        self.preferences.set("rewriting", choice)


def rewrites(preferences: Preferences, default: bool) -> bool:
    """Whether a model puts questions otherwise before the search: as somebody has chosen, else the *default*."""
    chosen = preferences.get("rewriting")
    return default if chosen is None else bool(chosen)


def chosen_reranker(preferences: Preferences, default: Callable[[], RerankerChoice]) -> RerankerChoice:
    """The reranker that somebody has chosen, else the *default*."""
    chosen = preferences.get("reranker")
    return default() if chosen is None else RerankerChoice(**chosen)


def chosen_model(preferences: Preferences, default: Callable[[], ModelChoice]) -> ModelChoice:
    """The model that somebody has chosen, else the *default*."""
    chosen = preferences.get("model")
    return default() if chosen is None else ModelChoice(**chosen)
