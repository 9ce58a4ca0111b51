"""What earlier runs have found out, kept in the user's cache folder: compiled domains, what single files come to, and
whatever else is made of these.

Everything there can be made again, is known by all that it depends on, and is never trusted: it is read as data into
records, each with a checksum over itself and its key, from a folder that nobody else may write to. What is broken, of
somebody else or of another version is made anew or done without, with a note; no run fails for it.

- `folder.py`: where it is, and whether nobody else can have put anything there;
- `program.py`: what tells two states of the program apart;
- `disk.py`: tables of bytes in one SQLite file, bounded, for several processes at once;
- `pieces.py`, `domains.py`: records in these tables.
"""
