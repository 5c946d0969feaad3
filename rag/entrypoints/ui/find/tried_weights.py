"""Weights to try in place of those that were learnt: on the Find page for a question, and in a run over all of them."""

from dataclasses import asdict

import streamlit as st

from rag.entrypoints.ui.texts import sentences, t
from rag.retrieval.features import Weights, learnt, names

_TURN = "find_weights_turn"  # sliders go back to where they were under other keys
_HEAVIEST = 6.0
_STEP = 0.1


def draw() -> Weights | None:
    """Draw a slider for each; what they say, ``None`` as long as they are those that were learnt."""
    st.caption(t("find.weights_about"))
    known = asdict(learnt())
    for name in names():
        st.slider(
            feature(name),
            0.0,
            max(_HEAVIEST, 2 * known[name]),
            float(known[name]),
            _STEP,
            help=t(f"find.feature_{name}_about"),
            key=_key(name),
            persist_state="session",
        )
    found = tried()
    st.button(
        t("find.weights_back"),
        icon=":material/restart_alt:",
        type="tertiary",
        key="find-weights-back",
        disabled=found is None,
        on_click=_back,
    )
    return found


def tried() -> Weights | None:
    """The weights that are tried now, wherever they were moved; ``None`` for those that were learnt."""
    known = asdict(learnt())
    # A slider stands on whole steps: what was not moved is what was learnt.
    given = {name: float(st.session_state.get(_key(name), value)) for name, value in known.items()}
    found = {name: value if abs(value - known[name]) >= _STEP / 2 else known[name] for name, value in given.items()}
    return None if found == known else Weights(**found)


def changes(weights: Weights) -> str:
    """How *weights* differ from those that were learnt: ``Words 1.3 → 2.0, Name 0.4 → 0.0``."""
    known = asdict(learnt())
    told = [
        t("find.weight_moved", name=feature(name), was=f"{known[name]:.1f}", now=f"{value:.1f}")
        for name, value in asdict(weights).items()
        if abs(value - known[name]) >= _STEP / 2
    ]
    return t("find.and").join(told)


def feature(name: str) -> str:
    """What speaks for a hit, by its name."""
    label = f"find.feature_{name}"
    return t(label) if label in sentences("en") else name


def _key(name: str) -> str:
    return f"find-weight-{name}-{st.session_state.get(_TURN, 0)}"


def _back() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
