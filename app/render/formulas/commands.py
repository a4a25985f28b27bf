"""Which commands of TeX are drawn as they are meant; a formula with any other is shown as it was
written, for half of it drawn would say something else."""

from __future__ import annotations

from functools import lru_cache

from app.render.formulas.tex import COMMAND

_NAMES = r"""
    \left \right \middle \big \Big \bigg \Bigg \bigl \bigr \bigm \Bigl \Bigr \Bigm \biggl \biggr
    \biggm \Biggl \Biggr \Biggm \frac \dfrac \tfrac \cfrac \atop \over \choose \sqrt \binom \text
    \textbf \textit \texttt \textsf \operatorname \operatornamewithlimits \overset \underset
    \stackrel \substack \hat \widehat \tilde \widetilde \bar \overline \underline \vec \dot \ddot
    \dddot \acute \grave \check \breve \mathring \overrightarrow \overleftarrow
    \overleftrightarrow \overbrace \underbrace \overbracket \underbracket \mathbb \mathbf \mathcal
    \mathfrak \mathit \mathrm \mathscr \mathsf \mathtt \boldsymbol \bm \pmb \bold \Bbb \rm \bf \it
    \cal \displaystyle \textstyle \scriptstyle \scriptscriptstyle \boxed \fbox \cancel \bcancel
    \xcancel \sout \color \textcolor \phantom \hphantom \vphantom \limits \nolimits \not \begin
    \end \prime \mid \hspace \quad \qquad \thinspace \medspace \thickspace \enspace \negthinspace
    \space \nobreakspace \xrightarrow \xleftarrow \xleftrightarrow \xrightleftharpoons
    \xRightarrow \xLeftarrow \xLeftrightarrow \xmapsto \xhookrightarrow \xhookleftarrow \lim \sup
    \inf \max \min \liminf \limsup \varliminf \varlimsup \det \gcd \Pr \argmax \argmin \injlim
    \projlim \plim \dots \dotsb \dotsc \dotsi \dotso \ldots \cdots \vdots \ddots \bra \ket \braket
"""
_BUILT = frozenset(_NAMES.split())


@lru_cache(1)
def _named() -> frozenset[str]:
    import ziamath  # noqa: F401 (it adds names of its own)
    from latex2mathml.commands import FUNCTIONS

    return frozenset(FUNCTIONS)


def unknown_command(tex: str) -> str:
    """The first command that is not surely drawn right; empty when all are."""
    from latex2mathml.symbols_parser import convert_symbol

    for match in COMMAND.finditer(tex.replace("\\\\", "  ")):
        name = match[0]
        if name in _BUILT or name in _named() or convert_symbol(name):
            continue
        return name
    return ""
