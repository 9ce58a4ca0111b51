"""What the commands that set koujing up say: shell completion."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Pair

COMPLETION: Mapping[str, Pair] = {
    "bash": (
        "koujing 的 bash 补全。在 ~/.bashrc 里加一行，然后打开新的终端：\n"
        'eval "$(koujing completion bash)"',
        "Completion of koujing in bash. Add this line to ~/.bashrc, then open a new terminal:\n"
        'eval "$(koujing completion bash)"',
    ),
    "zsh": (
        "koujing 的 zsh 补全。在 ~/.zshrc 里加一行（放在 compinit 之后），然后打开新的终端：\n"
        'eval "$(koujing completion zsh)"',
        "Completion of koujing in zsh. Add this line to ~/.zshrc, after compinit, then open a new terminal:\n"
        'eval "$(koujing completion zsh)"',
    ),
    "fish": (
        "koujing 的 fish 补全。运行一次，然后打开新的终端：\n"
        "koujing completion fish > ~/.config/fish/completions/koujing.fish",
        "Completion of koujing in fish. Run this once, then open a new terminal:\n"
        "koujing completion fish > ~/.config/fish/completions/koujing.fish",
    ),
}
"""How to turn it on, by shell; stands as a comment at the head of the script."""
