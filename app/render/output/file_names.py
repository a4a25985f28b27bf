"""What a file of each language is called, for saving a code block; never taken from a model."""

from __future__ import annotations

_SUFFIXES = {
    "asm": "asm nasm",
    "bat": "bat batch cmd",
    "c": "c",
    "clj": "clojure clj",
    "conf": "conf nginx apache",
    "cpp": "cpp c++ cxx hpp",
    "cs": "csharp c# cs",
    "css": "css",
    "csv": "csv",
    "dart": "dart",
    "diff": "diff patch udiff",
    "ex": "elixir ex",
    "erl": "erlang erl",
    "f90": "fortran f90",
    "go": "go golang",
    "graphql": "graphql gql",
    "h": "h",
    "hs": "haskell hs",
    "html": "html htm xhtml",
    "ini": "ini cfg",
    "java": "java",
    "jl": "julia jl",
    "js": "javascript js node mjs",
    "json": "json json5 jsonc jsonl",
    "jsx": "jsx",
    "kt": "kotlin kt",
    "less": "less",
    "lisp": "lisp elisp common-lisp",
    "lua": "lua",
    "m": "matlab octave objective-c objc",
    "md": "markdown md",
    "ml": "ocaml ml",
    "pas": "pascal delphi",
    "php": "php",
    "pl": "perl pl",
    "proto": "protobuf proto",
    "ps1": "powershell ps1 pwsh posh",
    "py": "python py python3 py3",
    "pyi": "pyi",
    "r": "r",
    "rb": "ruby rb",
    "rs": "rust rs",
    "rst": "rst restructuredtext",
    "scala": "scala",
    "scss": "scss sass",
    "sh": "bash sh shell zsh console shell-session fish",
    "sql": "sql mysql postgresql postgres sqlite plpgsql",
    "svg": "svg",
    "swift": "swift",
    "tex": "tex latex",
    "tf": "terraform hcl tf",
    "toml": "toml",
    "ts": "typescript ts",
    "tsx": "tsx",
    "vb": "vb vbnet visual-basic",
    "vue": "vue",
    "xml": "xml",
    "yaml": "yaml yml",
    "zig": "zig",
}
_WHOLE_NAMES = {
    "dockerfile": "Dockerfile",
    "docker": "Dockerfile",
    "makefile": "Makefile",
    "make": "Makefile",
    "cmake": "CMakeLists.txt",
}
_BY_LANGUAGE = {word: suffix for suffix, words in _SUFFIXES.items() for word in words.split()}


def suggested_name(language: str) -> str:
    """A file name for code of a language, such as "code.py"; "code.txt" for one that is unknown."""
    language = language.strip().lower()
    return _WHOLE_NAMES.get(language) or f"code.{_BY_LANGUAGE.get(language, 'txt')}"
