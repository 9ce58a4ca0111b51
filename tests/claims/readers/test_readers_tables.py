from __future__ import annotations

from claims.article import Block
from claims.readers import read


def cells(table: str) -> dict[str, tuple[Block, list[str], list[str]]]:
    """Every cell by its text, with the texts of its column and row headers."""
    found = read("a.html", f"<article><p>前</p>{table}</article>".encode()).parts[0].blocks
    texts = [block.text.chars for block in found]
    return {
        block.text.chars: (
            block,
            [texts[index] for index in block.cell.column_headers],
            [texts[index] for index in block.cell.row_headers],
        )
        for block in found
        if block.cell is not None
    }


def place(block: Block) -> tuple[int, int, bool]:
    assert block.cell is not None
    return block.cell.row, block.cell.column, block.cell.is_header


def test_head_and_first_column() -> None:
    found = cells(
        "<table><thead><tr><th>等级</th><th>比例</th></tr></thead>"
        "<tbody><tr><td>一级</td><td>90%</td></tr><tr><td>二级</td><td>80%</td></tr></tbody></table>"
    )
    assert place(found["等级"][0]) == (0, 0, True)
    assert place(found["80%"][0]) == (2, 1, False)
    assert found["80%"][1:] == (["比例"], ["二级"])
    assert found["二级"][1:] == (["等级"], [])


def test_two_header_rows_with_merged_cells() -> None:
    found = cells(
        "<table><tr><th rowspan=2>人群</th><th colspan=2>比例</th></tr><tr><th>门诊</th><th>住院</th></tr>"
        "<tr><td>在职</td><td>60%</td><td>85%</td></tr></table>"
    )
    assert found["85%"][1:] == (["比例", "住院"], ["在职"])
    assert found["60%"][1:] == (["比例", "门诊"], ["在职"])
    assert found["在职"][1] == ["人群"]
    assert place(found["住院"][0]) == (1, 2, True)
    assert found["住院"][1] == ["比例"]


def test_labels_that_span_rows() -> None:
    found = cells(
        "<table><tr><th>险种</th><th>等级</th><th>比例</th></tr>"
        "<tr><td rowspan=2>职工</td><td>一级</td><td>90%</td></tr><tr><td>二级</td><td>85%</td></tr>"
        "<tr><td>居民</td><td>三级</td><td>60%</td></tr></table>"
    )
    assert found["85%"][1:] == (["比例"], ["职工", "二级"])
    assert place(found["二级"][0]) == (2, 1, False)
    assert found["二级"][2] == ["职工"]
    assert found["60%"][2] == ["居民"]


def test_a_value_over_several_rows_stands_beside_all_their_labels() -> None:
    found = cells(
        "<table><tr><th>等级</th><th>比例</th><th>限额</th></tr>"
        "<tr><td>一级</td><td>90%</td><td rowspan=2>300元</td></tr><tr><td>二级</td><td>85%</td></tr>"
        "<tr><td>三级</td><td>70%</td><td>200元</td></tr></table>"
    )
    assert found["300元"][1:] == (["限额"], ["一级", "二级"])
    assert found["200元"][1:] == (["限额"], ["三级"])
    cell = found["300元"][0].cell
    assert cell is not None
    assert cell.rows == 2


def test_marked_row_headers() -> None:
    found = cells("<table><tr><th>起付线</th><td>500元</td></tr><tr><th>封顶线</th><td>6万元</td></tr></table>")
    assert found["6万元"][1:] == ([], ["封顶线"])
    assert place(found["封顶线"][0])[2]


def test_first_row_of_short_labels_is_a_header() -> None:
    found = cells("<table><tr><td>人群</td><td>缴费</td></tr><tr><td>成人</td><td>400元</td></tr></table>")
    assert found["400元"][1:] == (["缴费"], ["成人"])
    assert place(found["人群"][0])[2]


def test_first_row_with_figures_is_none() -> None:
    found = cells("<table><tr><td>成人</td><td>400元</td></tr><tr><td>学生</td><td>380元</td></tr></table>")
    assert found["380元"][1:] == ([], [])
    assert not place(found["成人"][0])[2]


def test_first_row_with_a_long_cell_is_none() -> None:
    long = "这一格里的话比标签要长得多"
    assert not place(
        cells(f"<table><tr><td>甲</td><td>{long}</td></tr><tr><td>乙</td><td>丙</td></tr></table>")["甲"][0]
    )[2]


def test_row_over_the_whole_width_names_what_follows() -> None:
    found = cells(
        "<table><tr><th>等级</th><th>比例</th></tr><tr><td colspan=2>职工</td></tr><tr><td>一级</td><td>90%</td></tr>"
        "<tr><td colspan=2>居民</td></tr><tr><td>二级</td><td>60%</td></tr></table>"
    )
    assert found["90%"][1:] == (["比例", "职工"], ["一级"])
    assert found["60%"][1:] == (["比例", "居民"], ["二级"])


def test_empty_cells_hold_their_column() -> None:
    found = cells("<table><tr><th></th><th>甲</th><th>乙</th></tr><tr><th>丙</th><td></td><td>1</td></tr></table>")
    assert place(found["1"][0]) == (1, 2, False)
    assert found["1"][1:] == (["乙"], ["丙"])


def test_blocks_in_a_cell_are_its_lines() -> None:
    found = cells("<table><tr><td><p>一</p><p>二</p></td><td>三<br>四<ul><li>五</li></ul></td></tr></table>")
    assert set(found) == {"一\n二", "三\n四\n五"}


def test_layout_tables_hold_blocks() -> None:
    page = (
        "<article><table><tr><td><h2>小节</h2><p>文</p>"
        "<table><tr><th>甲</th><th>乙</th></tr><tr><td>丙</td><td>丁</td></tr></table></td></tr></table>"
        "<table><tr><td>只有一格</td></tr></table></article>"
    )
    found = read("a.html", page.encode()).parts[0].blocks
    assert [block.kind for block in found] == ["heading", "paragraph", *["cell"] * 4, "paragraph"]
    assert {block.cell.table for block in found if block.cell} == {1}


def test_spans_without_sense() -> None:
    found = cells(
        '<table><tr><td colspan="x" rowspan="-1">甲</td><td colspan=99999>乙</td></tr><tr><td>丙</td></tr></table>'
    )
    assert place(found["丙"][0]) == (1, 0, False)


def test_hostile_tables() -> None:
    wide = "<table>" + ("<tr>" + "<th rowspan=65534 colspan=1000>甲</th>" * 100) * 300 + "</table>"
    assert len(read("a.html", wide.encode()).parts[0].blocks) == 30_000
    long = "<table><tr>" + "<th>甲</th>" * 10_000 + "<tr>" + "<th>乙</th>" * 10_000 + "</table>"
    assert len(read("a.html", long.encode()).parts[0].blocks) == 20_000
