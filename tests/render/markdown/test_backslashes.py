"""What backslashes mean in what models write: signs, paths, patterns, formulas."""

import pytest

from app.render.markdown.markdown_it import reader

KEPT = r"""
me\.copilot
\\server\share\_new
C:\Users\me\.ssh\_old\[1].txt
\[a-z\]+
\(\w+\)
\d+\.\d+
^www\.example\.com$
%APPDATA%\.minecraft
~\.config
..\.git
D:\_backup\2024
"C:\Program Files\x"
(\\nas\media\_films)
foo\.bar\.baz
\bword\b
^\s*\#
\S+@\S+\.\w+
\$\{\w+\}
HKCU\Software\_App
[A-Z]\w*\_\d
file\.txt
\.(jpg|png)\Z
.\node_modules\.bin
\u00e9\-x
a\.b
""".strip("\n").split("\n")

TAKEN = r"""
\*not bold\*
1\. item
\# heading
snake\_case
5 \* 3
costs \$5
\[citation needed\]
\<tag\>
a \| b
\~tilde\~
\!\[no image\]
2023\.
\- no list
\+ plus
\`no code\`
\_under\_
\\
example \& co
(c\)
3\.5
\> no quote
C\+\+
f\(x\)
a\=b
\{curly\}
x\^2
100\%
\"quoted\"
it\'s
\:smile\:
\/path
\@user
my\_long\_name\_here
\[ \] task
\*\*two\*\*
\#\#
v1\.2
""".strip("\n").split("\n")

FORMULAS = r"""
\(x\)
\(x^2 + 1\)
\(E = mc^2\)
\(\alpha\)
\(a_1, a_2, \ldots, a_n\)
\(f(x)\)
\(n\)
\(O(n \log n)\)
\[x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}\]
\[\int_0^1 x\,dx\]
\[a^2 + b^2 = c^2\]
\(\frac{1}{2}\)
\(2x\)
\(x-y\)
\(a-b\)
\(x > 0\)
\(\text{rate}\)
\(10^{-3}\)
\(\pi r^2\)
\(P(A|B)\)
\(A \cup B\)
\(\{1, 2, 3\}\)
\(|x|\)
\(\vec{v}\)
\[\sum_{i=1}^n i\]
\[f'(x) = 2x\]
\(\theta = 45^\circ\)
\(x \in \mathbb{R}\)
\(\mathbf{A}\mathbf{x} = \mathbf{b}\)
\(k!\)
\(n \ge 3\)
\(\lambda\)
\(p = 0.05\)
\(\sin x\)
\(y'\)
\[\begin{pmatrix}1&2\\3&4\end{pmatrix}\]
\(5\)
\(3 \times 4\)
\(x_i\)
\[x\]
\(\Delta t\)
\(\bar{x}\)
\(a \to b\)
\(a.b\)
""".strip("\n").split("\n")

NO_FORMULAS = r"""
\[a-z\]+
\[A-Z\]
\[0-9\]{3}
\[A-Za-z0-9\]*
\(\w+\)
\(\d{3}\)-\(\d{4}\)
\(.*\)
\(?:abc\)
\[citation needed\]
\[1\]
\[ \] task
\[^a-z\]
\(see the note below\)
\(optional\)
\[Your Name\]
\[Company\]
\[...\]
\[12\]
\(\s*\)
\(\S+\)
\[\w.-\]
\(a full sentence in brackets.\)
\[sic\]
\[Insert date here\]
\[link text\](not a link)
\(e.g. this one\)
\[DRAFT\]
\[edit\]
\(new\)
\[optional argument\]
\(jpg|png|gif\)
\[\d\]
\[-\]
\(\b\w\)
\(?=x\)
\(?!y\)
\[tag\]
\(and so on\)
\[Name of Recipient\]
\(.+?\)
""".strip("\n").split("\n")


def inside(text):
    return [child for token in reader().parse(text) for child in token.children or []]


def shown(text):
    return "".join(child.content or f"<{child.type}>" for child in inside(text))


def test_there_are_real_texts_enough_of_each_kind():
    assert min(map(len, (FORMULAS, NO_FORMULAS))) >= 40


@pytest.mark.parametrize("text", KEPT)
def test_a_path_or_a_pattern_keeps_its_backslashes(text):
    assert shown(f"Look at {text} here") == f"Look at {text} here"


@pytest.mark.parametrize("text", TAKEN)
def test_a_backslash_before_a_sign_makes_it_that_sign(text):
    assert "\\" not in shown(f"Look at {text} here").replace("\\ ", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_one(text):
    assert any("math" in child.type for child in inside(f"Here is {text}, see"))


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_what_looks_like_a_pattern_or_a_remark_is_none(text):
    assert not any("math" in child.type for child in inside(f"Here is {text}, see"))


def test_marks_after_a_path_still_count():
    text = r"Open C:\\Users\\me\\.ssh and **look** at `x`"
    assert [child.type for child in inside(text)].count("strong_open") == 1
    assert r"C:\Users\me\.ssh" in shown(text.replace("\\\\", "\\"))


def test_a_word_without_end_costs_no_more_than_its_length():
    text = "\\." * 20_000 + "x"
    assert shown(text).endswith("x")
