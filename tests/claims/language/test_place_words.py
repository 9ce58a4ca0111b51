"""What each list of data/place_words.yaml does: finders of the true tree, with words of our own."""

from __future__ import annotations

from typing import Any

import pytest

from claims.language import places
from claims.language.gazetteer import tree
from claims.language.places import PlaceHit

TREE = tree()
NONE: dict[str, Any] = {
    "aliases": {}, "groups": {}, "initials": {}, "row_initials": {}, "never_alone": "", "well_known": "",
    "only_after_parent": "", "doubtful": "", "words": "", "not_places": "", "name_tails": "大学", "not_in_names": "的",
}  # fmt: skip


def finder(**words: Any) -> places._Finder:
    return places._Finder(TREE, places._Words(**(NONE | words)))


def found(text: str, *context: str, **words: Any) -> str:
    """What a finder with these words finds, in the notation of places.yaml."""
    hits = finder(**words).find(text, context)
    return "; ".join(f"{text[h.start : h.end]}={' '.join(h.names)}{'*' * h.in_name}" for h in hits)


def test_an_alias_is_one_more_form_that_stands_alone() -> None:
    words = {"aliases": {"襄阳市": "襄樊 老襄阳", "巴音郭楞蒙古自治州": "巴州"}}
    assert found("襄樊、老襄阳、巴州", **words) == "襄樊=襄阳市; 老襄阳=襄阳市; 巴州=巴音郭楞蒙古自治州"
    assert found("襄樊、老襄阳、巴州") == "襄阳=襄阳市"
    assert found("湖北襄樊", **words) == "湖北襄樊=襄阳市"


def test_a_group_names_several_places() -> None:
    words = {"groups": {"川渝": "四川省 重庆市"}}
    assert found("川渝已互通,四川先行", **words) == "川渝=四川省 重庆市; 四川=四川省"
    assert found("川渝已互通") == ""
    assert finder(**words).find("在川渝", ()) == [PlaceHit(1, 3, ("四川省", "重庆市"))]


def test_an_initial_stands_before_a_household_and_in_rows() -> None:
    words = {"initials": {"沪": "上海市", "粤": "广东省"}, "row_initials": {"贵州省": "贵"}}
    assert found("沪籍、粤户籍、沪户口、贵籍", **words) == "沪=上海市; 粤=广东省; 沪=上海市"
    assert found("沪粤两地,沪粤贵三省", **words) == "沪粤=上海市 广东省; 沪粤贵=上海市 广东省 贵州省"
    assert finder(**words).find("沪户籍", ()) == [PlaceHit(0, 1, ("上海市",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沪粤两省", "沪粤=上海市 广东省"), ("沪粤两个省", "沪粤=上海市 广东省"), ("沪粤两市", "沪粤=上海市 广东省"),
        ("在沪粤两地", "沪粤=上海市 广东省"), ("京沪粤三地", "京沪粤=北京市 上海市 广东省"),
        ("在京沪粤川四地", "京沪粤川=北京市 上海市 广东省 四川省"),
        ("京沪粤川渝五地", "京沪粤川渝=北京市 上海市 广东省 四川省 重庆市"),
        ("京沪粤川渝苏六地", "京沪粤川渝苏=北京市 上海市 广东省 四川省 重庆市 江苏省"),
        # Less or more than are counted, one twice, one that is none.
        ("粤两地", ""), ("粤三地", ""), ("京沪三地", ""), ("沪沪两地", ""), ("沪大两地", ""), ("沪粤两样", ""),
        ("沪粤两地京川两地", "沪粤=上海市 广东省; 京川=北京市 四川省"),
    ],
)  # fmt: skip
def test_a_row_has_as_many_initials_as_are_counted(text: str, expected: str) -> None:
    initials = {
        "京": "北京市", "沪": "上海市", "粤": "广东省", "川": "四川省", "渝": "重庆市", "苏": "江苏省",
    }  # fmt: skip
    assert found(text, initials=initials) == expected


def test_a_word_that_never_stands_alone_is_the_prefecture_beside_what_it_lies_in() -> None:
    words = {"never_alone": "朝阳 安康", "words": "朝阳"}
    assert found("朝阳产业,安康", **words) == ""
    assert found("朝阳产业") == "朝阳=朝阳市"
    assert found("朝阳市", **words) == "朝阳市=朝阳市"
    assert found("朝阳建平县", **words) == "朝阳建平县=建平县"
    assert found("陕西安康", **words) == "陕西安康=安康市"
    assert found("西安、安康", **words) == "西安=西安市; 安康=安康市"
    assert found("安康、西安", **words) == "安康=安康市; 西安=西安市"
    assert found("武汉、安康", **words) == "武汉=武汉市"
    assert found("安康、武汉", **words) == "武汉=武汉市"
    assert found("身体安康、西安", **words) == "西安=西安市"
    assert found("朝阳建平。", never_alone="朝阳", words="建平") == ""
    assert found("辽宁朝阳建平。", never_alone="朝阳", words="建平") == "辽宁朝阳建平=建平县"
    for beside, name in (("呼伦贝尔", "呼伦贝尔市"), ("内蒙古", "内蒙古自治区"), ("通辽", "通辽市")):
        assert found(f"兴安、{beside}", never_alone="兴安") == f"兴安=兴安盟; {beside}={name}"
    with pytest.raises(KeyError):
        finder(never_alone="没有")
    with pytest.raises(StopIteration):
        finder(never_alone="静宁")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安康、商洛市", "安康=安康市; 商洛市=商洛市"), ("安康、陕西省", "安康=安康市; 陕西省=陕西省"),
        ("安康与西安", "安康=安康市; 西安=西安市"), ("西安和安康", "西安=西安市; 安康=安康市"),
        ("西安的安康", "西安=西安市"), ("安康的西安", "西安=西安市"), ("安康、在西安", "西安=西安市"),
        ("西安、在安康", "西安=西安市"), ("在安康、西安", "安康=安康市; 西安=西安市"), ("安康、", ""), ("、安康", ""),
        ("西安、安康、汉中", "西安=西安市; 安康=安康市; 汉中=汉中市"),
        ("川陕、安康", "川陕=四川省 陕西省; 安康=安康市"), ("川渝、安康", "川渝=四川省 重庆市"),
    ],
)  # fmt: skip
def test_a_list_is_what_stands_directly_beside(text: str, expected: str) -> None:
    words = {"never_alone": "安康", "groups": {"川陕": "四川省 陕西省", "川渝": "四川省 重庆市"}}
    assert found(text, **words) == expected


def test_two_characters_are_soon_found_across_two_words() -> None:
    assert found("赵县参保,在赵县,和沁县") == "赵县=赵县; 赵县=赵县; 沁县=沁县"
    assert found("名赵县,赵县级,赵县区") == ""
    assert found("名静宁县,静宁县级") == "静宁县=静宁县; 静宁县=静宁县"


def test_what_comes_first_or_the_context_decides_inside_a_compound() -> None:
    assert found("江苏鼓楼区", "南京市") == "江苏鼓楼区=南京市鼓楼区"
    assert found("江苏鼓楼区", "福州市") == "江苏=江苏省; 鼓楼区=福州市鼓楼区"
    assert found("徐州,江苏鼓楼区", "南京市") == "徐州=徐州市; 江苏鼓楼区=徐州市鼓楼区"


def test_a_city_does_not_run_into_the_market() -> None:
    assert found("广东深圳市场,深圳市值") == "广东深圳=深圳市; 深圳=深圳市"
    assert found("广东深圳市,深圳市的") == "广东深圳市=深圳市; 深圳市=深圳市"


def test_a_well_known_county_stands_alone_where_no_other_is_called_so() -> None:
    words = {"well_known": "昆山 鼓楼 没有"}
    assert found("昆山、鼓楼、没有、静宁", **words) == "昆山=昆山市"
    assert found("昆山、鼓楼") == ""


def test_some_full_names_stand_only_behind_what_they_lie_in() -> None:
    words = {"only_after_parent": "和县 矿区"}
    assert found("和县与静宁县", **words) == "静宁县=静宁县"
    assert found("和县与静宁县") == "和县=和县; 静宁县=静宁县"
    assert found("马鞍山和县", **words) == "马鞍山和县=和县"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市南区参保", ""), ("青岛市与市南区", "青岛市=青岛市; 市南区=市南区"), ("青岛市,本市南区", "青岛市=青岛市"),
        ("青岛市,在市南区", "青岛市=青岛市; 市南区=市南区"), ("青岛市,市南区域", "青岛市=青岛市"),
        ("河北区的窗口", ""), ("河北区域", "河北=河北省"), ("河北区级", "河北=河北省"), ("天津河北区",
        "天津河北区=河北区"),
    ],
)  # fmt: skip
def test_a_doubtful_name_counts_near_what_it_lies_in(text: str, expected: str) -> None:
    assert found(text, doubtful="市南区 河北区") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广西桂林资源。", "广西桂林资源=资源县"), ("广西桂林资源", "广西桂林资源=资源县"),
        ("广西桂林资源丰富", "广西桂林=桂林市"), ("桂林资源。", "桂林=桂林市"), ("广西资源。", "广西=广西壮族自治区"),
        ("重庆丰都。", "重庆丰都=丰都县"), ("重庆丰都人", "重庆=重庆市"), ("湖北仙桃,", "湖北仙桃=仙桃市"),
        ("广西桂林资源县丰富", "广西桂林资源县=资源县"),
    ],
)  # fmt: skip
def test_a_county_that_is_a_word_ends_a_whole_compound(text: str, expected: str) -> None:
    assert found(text, words="资源 丰都 仙桃") == expected


def test_nothing_inside_what_is_no_place_is_one() -> None:
    words = {"not_places": "中山大学 共济 医保 市内"}
    assert found("中山大学", **words) == ""
    assert found("家庭共济宁波已开通", **words) == "宁波=宁波市"
    assert found("家庭共济宁波已开通") == "济宁=济宁市"
    assert found("本市内江人,西安市内江人", **words) == "西安市=西安市; 内江=内江市"


def test_a_compound_does_not_run_into_what_is_no_place() -> None:
    """The county's short name would be the beginning of a word: the word is longer."""
    assert found("浙江义乌医", not_places="义乌医") == "浙江=浙江省"
    assert found("浙江义乌市", not_places="义乌") == "浙江义乌市=义乌市"
    assert found("浙江义乌") == "浙江义乌=义乌市"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("兰州大学", "兰州=兰州市*"), ("兰州学院", "兰州=兰州市*"), ("兰州第二学院", "兰州=兰州市*"),
        ("兰州的大学", "兰州=兰州市"), ("兰州在大学", "兰州=兰州市"), ("兰州大学生", "兰州=兰州市"),
        ("兰州一二三四五六七八大学", "兰州=兰州市*"), ("兰州一二三四五六七八九大学", "兰州=兰州市"),
        ("兰州和大学", "兰州=兰州市"), ("武汉医院", "武汉=武汉市"), ("湖北武汉医院", "湖北武汉=武汉市*"),
        ("兰州医院", "兰州=兰州市"), ("兰州市医院", "兰州市=兰州市"),
        ("兰州静宁医院", "兰州=兰州市"), ("平凉静宁医院", "平凉静宁=静宁县*"), ("平凉静宁县医院", "平凉静宁县=静宁县"),
        ("兰州发布", "兰州=兰州市*"), ("兰州发布了", "兰州=兰州市"), ("兰州东路", "兰州=兰州市*"),
        ("兰州医保APP", "兰州=兰州市*"), ("兰州医保app", "兰州=兰州市*"),
    ],
)  # fmt: skip
def test_what_makes_a_name_of_an_institution(text: str, expected: str) -> None:
    assert found(text, name_tails="大学 学院 app", not_in_names="的 在") == expected


def test_forms_are_those_of_the_standard_and_short_ones() -> None:
    forms, alone = places._forms(TREE, places._Words(**(NONE | {"never_alone": "朝阳"})))
    assert forms["湖北"] == forms["湖北省"] == ("湖北省",)
    assert forms["吉林"] == ("吉林省",), "never the city"
    assert forms["海南"] == ("海南省",), "nor the prefecture"
    assert forms["海南州"] == ("海南藏族自治州",)
    assert forms["莱芜市"] == ("莱芜区",)
    assert set(forms["朝阳"]) == {"朝阳市", "北京市朝阳区", "长春市朝阳区", "朝阳县"}
    assert forms["通化"] == ("通化市",), "nor the county"
    assert {"湖北", "湖北省", "武汉", "静宁县", "海南州", "恩施州", "莱芜市"} <= alone
    assert alone.isdisjoint({"朝阳", "静宁", "昆山", "襄樊"})


def test_the_finder_searches_much_text_with_an_automaton() -> None:
    some = finder()
    for _ in range(places._FEW // 100):
        assert [hit.names for hit in some.find("湖北" + "的" * 98, ())] == [("湖北省",)]
    assert some._automaton is None
    assert [hit.names for hit in some.find("湖北", ())] == [("湖北省",)]
    assert some._automaton is not None
