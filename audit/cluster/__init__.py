"""Files summed up by the workers of a Dask cluster (docs/scaling.md).

`groups` cuts files into tasks, `tasks` is what workers do, `alone` what a process of its own does for them, `fitness`
whether they can do it; none of these knows Dask. `driving` does, and is imported by those who have a cluster.
"""
