"""What there is to say of a cluster: what it runs on, and why it does not."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Lang, Pair, pick

_SAME_HINT: Pair = (
    "在所有机器上装同样的 Python、koujing 和它的依赖，然后重启 worker",
    "install the same Python, koujing and its dependencies on all machines, and start the workers again",
)
_SHARED_HINT: Pair = (
    "文章（和自己的领域）要放在所有机器都以同一路径看到的共享文件夹里，例如 NFS；在那里运行 koujing",
    "articles (and domains of your own) must lie in a folder that all machines see under one path, such as NFS: run "
    "koujing there",
)

CLUSTER: Mapping[str, tuple[Pair, Pair]] = {
    "no-distributed": (
        ("--cluster 要用 Dask，还没有安装", "--cluster takes Dask, which is not installed"),
        ("运行 pip install \"koujing[cluster]\"；各台机器都要装", "pip install \"koujing[cluster]\", on all machines"),
    ),
    "cluster-base": (
        ("--cluster 不能和 --base 一起用", "--cluster does not go with --base"),
        ("去掉 --cluster：--base 只读改动过的文章，其余取自缓存，一台机器就够",
         "leave --cluster out: --base reads what was changed, and the cache has the rest"),
    ),
    "cluster-page": (
        ("--cluster 不能写 html：网页要列出每篇文章的每条说法，集群只送回汇总",
         "--cluster writes no html: a page shows every claim of every article, and a cluster sends their sum home"),
        ("换一种格式；或者去掉 --cluster，只给网页要看的那部分路径",
         "choose another format; or leave --cluster out, and name the paths that the page is to show"),
    ),
    "cluster-jobs": (
        ("--cluster 不能和 --jobs 一起用", "--cluster does not go with --jobs"),
        ("去掉 --jobs：进程数由集群决定", "leave --jobs out: the cluster has its own number of processes"),
    ),
    "cluster-unreachable": (
        ("连不上集群的 scheduler {address}：{why}", "the cluster's scheduler {address} cannot be reached: {why}"),
        ("检查地址（例如 tcp://10.0.0.5:8786）和防火墙；还没有启动就先运行 dask scheduler",
         "check the address (such as tcp://10.0.0.5:8786) and the firewall; start one with `dask scheduler`"),
    ),
    "cluster-no-workers": (
        ("集群 {address} 没有 worker", "the cluster {address} has no workers"),
        ("在各台机器上启动：dask worker {address} --nworkers auto --nthreads 1",
         "start some on each machine: dask worker {address} --nworkers auto --nthreads 1"),
    ),
    "cluster-lost": (
        ("和集群 {address} 的连接断了：{why}", "the connection to the cluster {address} was lost: {why}"),
        ("看 scheduler 的日志，然后再运行一次", "see the scheduler's log, then run this again"),
    ),
    "cluster-dying": (
        ("集群 {address} 的 worker 不断退出，汇总没能完成",
         "the workers of the cluster {address} end again and again, before what they read is summed up"),
        ("看 worker 的日志；多半是内存不够，给每个 worker 多一些内存，或减少每台机器的 worker",
         "see the workers' logs; most likely memory is short: give each worker more, or start fewer of them"),
    ),
    "cluster-missing": (
        ("{worker} 上没有安装 {what}（这里是 {here}）", "{what} is not installed on {worker} (here: {here})"),
        _SAME_HINT,
    ),
    "cluster-versions": (
        ("{what} 的版本不同：{worker} 上是 {there}，这里是 {here}，结果可能不一样",
         "{what} is {there} on {worker} and {here} here, so that results might differ"),
        _SAME_HINT,
    ),
    "cluster-program": (
        ("{worker} 上的 koujing 或它的依赖和这里不同，结果可能不一样",
         "koujing or what it depends on is not the same on {worker} as here, so that results might differ"),
        _SAME_HINT,
    ),
    "cluster-domain": (
        ("{worker} 上的领域文件夹和这里不同，或者没有：{file}",
         "the domain's folder is not there on {worker}, or not the same: {file}"),
        _SHARED_HINT,
    ),
    "cluster-unseen": (
        ("{worker} 看不到这个文件：{file}", "{worker} does not see this file: {file}"),
        _SHARED_HINT,
    ),
    "cluster-other-file": (
        ("{worker} 上的这个文件和这里的内容不同：{file}", "this file is another one on {worker}: {file}"),
        _SHARED_HINT,
    ),
}  # fmt: skip

_LINE: Pair = ("集群 {address}：{workers} 个 worker", "cluster {address}: workers: {workers}")
_DASHBOARD: Pair = ("；看板 {dashboard}", "; dashboard: {dashboard}")


def cluster_line(lang: Lang, *, address: str, workers: int, dashboard: str) -> str:
    """What a run begins with; `dashboard` is "" where there is none."""
    line = pick(_LINE, lang).format(address=address, workers=workers)
    return line + (pick(_DASHBOARD, lang).format(dashboard=dashboard) if dashboard else "")
