"""What the commands that set koujing up say: `init` and `completion`."""

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

FILE: Mapping[str, Pair] = {
    "new": ("新建", "new"),
    "changed": ("改动", "changed"),
    "same": ("没有变化", "unchanged"),
    "kept": ("没有改动", "left as it is:"),
}
"""What becomes of a file; its path follows."""

KEPT: Mapping[str, Pair] = {
    "differs": ("（已经有了，内容不同；要换成新的，加 --force）", " (it is there and differs; --force replaces it)"),
    "gitlab": ("，请在里面加上：", "; add to it:"),
    "pre-commit": ("（读不懂它的写法），请在 repos 下面加上：", " (its form is not understood); add below `repos`:"),
}
"""Why a file stays as it is; stands behind its path."""

PLANNED: Pair = ("只是预览（--dry-run），什么都没有写。", "A preview (--dry-run): nothing has been written.")
NOTHING: Pair = ("没有要写的，什么都没有改动。", "There is nothing to write; nothing was changed.")

NEXT: Mapping[str, Pair] = {
    "head": ("接下来：", "Next:"),
    "found": (
        "文章有 {count} 篇；koujing.yaml 里的 articles 说明检查哪些，请核对。",
        "There are {count} articles; `articles` in koujing.yaml says which are audited: check that it is right.",
    ),
    "none-found": (
        "这里还没有文章（.md、.html、.txt）；放进来以后，可在 koujing.yaml 的 articles 里写明检查哪些。",
        "There are no articles here yet (.md, .html, .txt); `articles` in koujing.yaml can say which are audited.",
    ),
    "check": ("koujing check  检查一遍，看有哪些问题。", "koujing check  audits everything: see what there is."),
    "commit": (
        "把上面的文件提交到 git。",
        "Commit the files above.",
    ),
    "detected": (
        "按这个仓库的远程地址和已有的文件，选了 --ci {ci}；不要的话，用 --ci none。",
        "Chose --ci {ci}, from this repository's remotes and files; --ci none writes none.",
    ),
    "ci": (
        "要在合并前自动检查：koujing init --ci github（或 gitlab、pre-commit）。",
        "To audit before each merge: koujing init --ci github (or gitlab, pre-commit).",
    ),
    "github": (
        "合并到 {branch} 以前必须通过：在 GitHub 的分支保护规则里，把 koujing 设为必需的检查（docs/ci.md）。",
        "To have it block merging into {branch}, require `koujing` in GitHub's branch rules (docs/ci.md).",
    ),
    "gitlab": (
        "合并前必须通过：在 GitLab 的合并请求设置里，选“流水线必须成功”（docs/ci.md）。",
        "To have it block merging, turn on “Pipelines must succeed” in GitLab's merge request settings (docs/ci.md).",
    ),
    "pre-commit": (
        "pre-commit install  每个人在自己的仓库里运行一次。",
        "pre-commit install  everybody runs it once in their clone.",
    ),
    "rulings": (
        "只让编辑改 {folder}：GitHub 和 GitLab 都可以在 CODEOWNERS 里规定（docs/ci.md）。",
        "Let only editors change {folder}: CODEOWNERS does that on GitHub and GitLab (docs/ci.md).",
    ),
}
"""What to do next, in order."""
