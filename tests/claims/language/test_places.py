"""The tree of places, and where sentences name them. Every sentence here is our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language import places
from claims.language.gazetteer import Place, holder_of, tree
from claims.language.places import PlaceHit, find, lies_in, municipality, place, province_of, short_name

TREE = tree()
NAMES = sorted(TREE.places)
SOME = st.sampled_from(NAMES)


def read(text: str, *context: str) -> list[tuple[str, str]]:
    """What is found, as (words, canonical names)."""
    return [(text[hit.start : hit.end], " ".join(hit.names)) for hit in find(text, context)]


def names(text: str, *context: str) -> list[str]:
    return [name for hit in find(text, context) for name in hit.names]


# --- the table --------------------------------------------------------------------------------------------------------


def test_there_are_34_provinces() -> None:
    provinces = [p.name for p in TREE.places.values() if p.level == "province"]
    assert len(provinces) == 34
    assert {"台湾省", "香港特别行政区", "澳门特别行政区", "新疆维吾尔自治区", "北京市"} <= set(provinces)
    assert all(place(p).parent is None for p in provinces)  # type: ignore[union-attr]


def test_every_canonical_name_and_code_is_unique() -> None:
    assert sum(len(bearers) for bearers in TREE.borne.values()) == len(TREE.places) > 3200
    assert len({p.code for p in TREE.places.values()}) == len(TREE.places)
    assert all(name == p.name for name, p in TREE.places.items())


@pytest.mark.parametrize(
    ("name", "level", "parent"),
    [
        ("湖北省", "province", None),
        ("十堰市", "prefecture", "湖北省"),
        ("静宁县", "county", "平凉市"),
        ("青浦区", "county", "上海市"),
        ("北京市朝阳区", "county", "北京市"),
        ("长春市朝阳区", "county", "长春市"),
        ("南京市鼓楼区", "county", "南京市"),
        ("仙桃市", "county", "湖北省"),
        ("济源市", "county", "河南省"),
        ("琼海市", "county", "海南省"),
        ("石河子市", "county", "新疆维吾尔自治区"),
        ("东莞市", "prefecture", "广东省"),
        ("丰都县", "county", "重庆市"),
        ("和田地区", "prefecture", "新疆维吾尔自治区"),
        ("海南藏族自治州", "prefecture", "青海省"),
        ("新疆生产建设兵团", "prefecture", "新疆维吾尔自治区"),
        ("两江新区", "county", "重庆市"),
        ("渝北区", "county", "两江新区"),
        ("重庆市江北区", "county", "两江新区"),
        ("宁波市江北区", "county", "宁波市"),
    ],
)
def test_places(name: str, level: str, parent: str | None) -> None:
    found = place(name)
    assert found is not None
    assert (found.level, found.parent) == (level, parent)


@pytest.mark.parametrize(
    "name",
    ["钱塘区", "临平区", "新星市", "白杨市", "米林市", "错那市", "和康县", "和安县", "襄阳市", "普洱市", "三沙市"],
)
def test_the_table_is_fresh(name: str) -> None:
    assert isinstance(place(name), Place)


@pytest.mark.parametrize(
    "name",
    ["莱芜市", "襄樊市", "昌都地区", "崇文区", "米林县", "朝阳区", "鼓楼区", "湖北", "省直辖县级行政区划", "某地"],
)
def test_what_is_no_canonical_name(name: str) -> None:
    assert place(name) is None
    assert province_of(name) is None
    assert not municipality(name)


def test_former_names_lead_to_places_and_are_none_themselves() -> None:
    assert len(TREE.former) > 400
    for old, new in TREE.former.items():
        assert new in TREE.places, old
        assert old not in TREE.borne, old


# --- the tree ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("十堰市", "湖北省", True),
        ("静宁县", "甘肃省", True),
        ("南京市鼓楼区", "江苏省", True),
        ("重庆市江北区", "重庆市", True),
        ("湖北省", "湖北省", True),
        ("石河子市", "新疆维吾尔自治区", True),
        ("湖北省", "十堰市", False),
        ("徐州市鼓楼区", "南京市", False),
        ("吉林市", "吉林省", True),
        ("海南藏族自治州", "海南省", False),
        ("某地", "某地", True),
        ("某地", "湖北省", False),
        ("湖北省", "某地", False),
    ],
)
def test_lies_in(inner: str, outer: str, expected: bool) -> None:
    assert lies_in(inner, outer) is expected


@given(SOME)
def test_a_place_lies_in_itself_its_parent_and_its_province(name: str) -> None:
    found = place(name)
    assert found is not None
    assert lies_in(name, name)
    province = province_of(name)
    assert province is not None
    assert lies_in(name, province)
    assert place(province).level == "province"  # type: ignore[union-attr]
    if found.parent is not None:
        assert lies_in(name, found.parent)
        assert not lies_in(found.parent, name)


@given(SOME, SOME)
def test_places_lie_in_each_other_only_when_equal(a: str, b: str) -> None:
    assert (lies_in(a, b) and lies_in(b, a)) == (a == b)


@given(SOME, SOME)
def test_lies_in_is_transitive(a: str, b: str) -> None:
    if lies_in(a, b):
        assert TREE.above[b] <= TREE.above[a]


@pytest.mark.parametrize(
    ("name", "holder", "province"),
    [
        ("静宁县", "平凉市", "甘肃省"),
        ("平凉市", "甘肃省", "甘肃省"),
        ("甘肃省", None, "甘肃省"),
        ("仙桃市", "湖北省", "湖北省"),
        ("青浦区", "上海市", "上海市"),
        ("渝北区", "重庆市", "重庆市"),
        ("某地", None, None),
    ],
)
def test_what_a_place_lies_in_directly_and_at_last(name: str, holder: str | None, province: str | None) -> None:
    assert holder_of(name) == holder
    assert province_of(name) == province


@pytest.mark.parametrize("name", ["北京市", "天津市", "上海市", "重庆市", "青浦区", "丰都县", "渝北区", "北京市朝阳区"])
def test_municipalities(name: str) -> None:
    assert municipality(name)


@pytest.mark.parametrize("name", ["深圳市", "香港特别行政区", "河北省", "长春市朝阳区", "某地"])
def test_no_municipalities(name: str) -> None:
    assert not municipality(name)


@pytest.mark.parametrize(
    ("standard", "short"),
    [
        ("湖北省", "湖北"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("恩施土家族苗族自治州", "恩施"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("东乡族自治县", "东乡"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("阿克苏地区", "阿克苏"),
        ("神农架林区", "神农架"),
        ("浦东新区", "浦东"),
        ("陇县", "陇县"),
        ("城区", "城区"),
        ("回族自治区", "回族"),
    ],
)
def test_short_names(standard: str, short: str) -> None:
    assert short_name(standard) == short


# --- finding: what counts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湖北省参保人可以为家人缴费", [("湖北省", "湖北省")]),
        ("武汉的职工医保个人账户", [("武汉", "武汉市")]),
        (
            "目前新疆、内蒙和广西已开通",
            [("新疆", "新疆维吾尔自治区"), ("内蒙", "内蒙古自治区"), ("广西", "广西壮族自治区")],
        ),
        ("浙江、江苏等省份已放开", [("浙江", "浙江省"), ("江苏", "江苏省")]),
        ("浙江省和江苏省实现互通", [("浙江省", "浙江省"), ("江苏省", "江苏省")]),
        ("吉林职工可以,吉林市另有规定", [("吉林", "吉林省"), ("吉林市", "吉林市")]),
        ("海南可跨省,海南藏族自治州除外", [("海南", "海南省"), ("海南藏族自治州", "海南藏族自治州")]),
        ("海南州与海北州已联网", [("海南州", "海南藏族自治州"), ("海北州", "海北藏族自治州")]),
        ("恩施州的居民医保缴费", [("恩施州", "恩施土家族苗族自治州")]),
        ("恩施市在恩施州", [("恩施市", "恩施市"), ("恩施州", "恩施土家族苗族自治州")]),
        ("青浦区已试点", [("青浦区", "青浦区")]),
        ("静宁县参保居民", [("静宁县", "静宁县")]),
        ("在赵县参保,沁县也可以", [("赵县", "赵县"), ("沁县", "沁县")]),
        ("兵团职工参照执行", [("兵团", "新疆生产建设兵团")]),
        ("新疆生产建设兵团与新疆已互通", [("新疆生产建设兵团", "新疆生产建设兵团"), ("新疆", "新疆维吾尔自治区")]),
        ("石河子市的职工", [("石河子市", "石河子市")]),
        ("以上海为例,以南京为例,以西安为例", [("上海", "上海市"), ("南京", "南京市"), ("西安", "西安市")]),
        ("西安区域内的药店", [("西安", "西安市")]),
        ("河北区域中心与海南区域中心", [("河北", "河北省"), ("海南", "海南省")]),
        ("深圳市场监管部门", [("深圳", "深圳市")]),
        ("从上海南下广州", [("上海", "上海市"), ("广州", "广州市")]),
        ("台湾地区居民", [("台湾地区", "台湾省")]),
        ("全国31个省", []),
        ("", []),
    ],
)
def test_full_and_short_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("甘肃平凉静宁的参保人", "甘肃平凉静宁", "静宁县"),
        ("湖北省十堰市职工", "湖北省十堰市", "十堰市"),
        ("上海青浦区开通", "上海青浦区", "青浦区"),
        ("上海青浦开通", "上海青浦", "青浦区"),
        ("江苏省南京市鼓楼区的医保窗口", "江苏省南京市鼓楼区", "南京市鼓楼区"),
        ("南京鼓楼区的医保窗口", "南京鼓楼区", "南京市鼓楼区"),
        ("北京朝阳参保", "北京朝阳", "北京市朝阳区"),
        ("辽宁朝阳参保", "辽宁朝阳", "朝阳市"),
        ("浙江绍兴的老人", "浙江绍兴", "绍兴市"),
        ("浙江义乌的老人", "浙江义乌", "义乌市"),
        ("陕西安康居民", "陕西安康", "安康市"),
        ("甘肃白银职工", "甘肃白银", "白银市"),
        ("西藏阿里的干部", "西藏阿里", "阿里地区"),
        ("广东中山参保", "广东中山", "中山市"),
        ("广西来宾参保", "广西来宾", "来宾市"),
        ("山东日照参保", "山东日照", "日照市"),
        ("河南开封参保", "河南开封", "开封市"),
        ("吉林省吉林市参保", "吉林省吉林市", "吉林市"),
        ("青海海东参保", "青海海东", "海东市"),
        ("青海省海南州共和县参保", "青海省海南州共和县", "共和县"),
        ("新疆石河子参保", "新疆石河子", "石河子市"),
        ("湖北仙桃市参保", "湖北仙桃市", "仙桃市"),
        ("重庆江北区参保", "重庆江北区", "重庆市江北区"),
        ("山西晋城城区参保", "山西晋城城区", "晋城市城区"),
        ("四川省阿坝州马尔康市", "四川省阿坝州马尔康市", "马尔康市"),
        ("广西桂林资源,今年", "广西桂林资源", "资源县"),
        ("内蒙古锡林郭勒盟参保", "内蒙古锡林郭勒盟", "锡林郭勒盟"),
        ("佛山南海的企业", "佛山南海", "南海区"),
        ("山东济南市中区的窗口", "山东济南市中区", "济南市市中区"),
        ("青岛市南区的窗口", "青岛市南区", "市南区"),
        ("济南市市中区的窗口", "济南市市中区", "济南市市中区"),
        ("朝阳建平县的窗口", "朝阳建平县", "建平县"),
        ("开封鼓楼区的窗口", "开封鼓楼区", "开封市鼓楼区"),
        ("苏州常熟参保", "苏州常熟", "常熟市"),
        ("深圳南山参保", "深圳南山", "深圳市南山区"),
        ("和县人民", "", ""),
        ("安徽马鞍山和县", "安徽马鞍山和县", "和县"),
    ],
)
def test_compounds_are_one_hit_of_the_most_specific_place(text: str, words: str, name: str) -> None:
    assert read(text) == ([(words, name)] if words else [])


def test_places_that_do_not_lie_in_each_other_stay_apart() -> None:
    assert read("江苏南京安徽合肥") == [("江苏南京", "南京市"), ("安徽合肥", "合肥市")]
    assert read("湖北武汉十堰") == [("湖北武汉", "武汉市"), ("十堰", "十堰市")]
    assert read("海南共和县") == [("海南", "海南省"), ("共和县", "共和县")]
    assert read("江苏鼓楼区") == [("江苏", "江苏省")], "two of them in Jiangsu"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("襄樊市与襄樊", ["襄阳市", "襄阳市"]),
        ("莱芜市参保", ["莱芜区"]),
        ("山东省莱芜市参保", ["莱芜区"]),
        ("昌都地区、林芝地区、那曲地区", ["昌都市", "林芝市", "那曲市"]),
        ("云南思茅市", ["普洱市"]),
        ("米林县居民", ["米林市"]),
        ("北京崇文区与宣武区", ["东城区", "西城区"]),
        ("吴江市并入苏州后", ["吴江区", "苏州市"]),
        ("南京市下关区", ["南京市鼓楼区"]),
        ("重庆渝北区今属两江新区", ["渝北区", "两江新区"]),
        ("达县和郫县", ["郫都区"]),
    ],
)
def test_former_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("京津冀三地", "北京市 天津市 河北省"),
        ("长三角区域", "上海市 江苏省 浙江省 安徽省"),
        ("长株潭", "长沙市 株洲市 湘潭市"),
        ("川渝两地", "四川省 重庆市"),
        ("江浙沪", "江苏省 浙江省 上海市"),
        ("苏浙沪", "江苏省 浙江省 上海市"),
        ("粤港澳大湾区", "广东省 香港特别行政区 澳门特别行政区"),
        ("沪籍", "上海市"),
        ("京籍", "北京市"),
        ("非粤户籍", "广东省"),
    ],
)
def test_groups_and_initials(text: str, expected: str) -> None:
    (hit,) = find(text)
    assert " ".join(hit.names) == expected


def test_every_group_and_alias_names_places() -> None:
    finder = places._finder()
    listed = {name for group in finder.groups.values() for name in group} | set(finder.initials.values())
    assert listed <= TREE.places.keys()
    assert {name for bearers in finder.forms.values() for name in bearers} == TREE.places.keys()


def test_an_initial_is_only_its_character() -> None:
    assert find("非沪籍人员") == [PlaceHit(1, 2, ("上海市",))]
    assert names("南京籍、东京籍") == ["南京市"]


# --- finding: ambiguity -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("鼓楼区的窗口", (), []),
        ("朝阳区的窗口", (), []),
        ("鼓楼区的窗口", ("南京市",), ["南京市鼓楼区"]),
        ("鼓楼区的窗口", ("福建省",), ["福州市鼓楼区"]),
        ("鼓楼区的窗口", ("江苏省",), []),
        ("鼓楼区的窗口", ("玄武区",), ["南京市鼓楼区"]),
        ("鼓楼区的窗口", ("南京市", "福州市"), []),
        ("朝阳区的窗口", ("北京市",), ["北京市朝阳区"]),
        ("江北区的窗口", ("重庆市",), ["重庆市江北区"]),
        ("南京市共有11个区,其中鼓楼区最早", (), ["南京市", "南京市鼓楼区"]),
        ("玄武区、鼓楼区、建邺区", (), ["玄武区", "南京市鼓楼区", "建邺区"]),
        ("先在福州市,后到南京市,鼓楼区", (), ["福州市", "南京市", "南京市鼓楼区"]),
        ("海淀区和朝阳区", (), ["海淀区", "北京市朝阳区"]),
        ("渝中区和江北区", (), ["渝中区", "重庆市江北区"]),
        ("北京朝阳区与长春朝阳区", (), ["北京市朝阳区", "长春市朝阳区"]),
        ("市南区参保人", (), []),
        ("市南区参保人", ("青岛市",), ["市南区"]),
        ("青岛市的市南区、市北区", (), ["青岛市", "市南区", "市北区"]),
        ("本市南区", ("青岛市",), []),
        ("港口区域", ("防城港市",), []),
        ("老城区药店", ("洛阳市",), []),
        ("鼓楼区的窗口", ("某地",), []),
    ],
)
def test_names_that_several_places_bear(text: str, context: tuple[str, ...], expected: list[str]) -> None:
    assert names(text, *context) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商洛、安康、汉中", ["商洛市", "安康市", "汉中市"]),
        ("中山、珠海两市", ["中山市", "珠海市"]),
        ("拉萨、山南、阿里、那曲", ["拉萨市", "山南市", "阿里地区", "那曲市"]),
        ("身体安康、西安", ["西安市"]),
        ("阿里、腾讯", []),
        ("白银、黄金", []),
        ("武汉、安康", ["武汉市"]),
    ],
)
def test_a_list_beside_its_own_province_makes_a_word_a_place(text: str, expected: list[str]) -> None:
    assert names(text) == expected


# --- finding: what is no place ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # Ordinary words that are county names, and prefectures' names that are words.
        "医疗资源丰富", "合作办理", "城市中心", "有威信", "海港附近", "延长缴费年限", "兴文重教", "新型农村合作医疗",
        "祝全家安康", "白银价格", "朝阳产业", "各位来宾", "日照充足", "药品开封后", "大同小异", "长治久安", "阿里健康",
        "阿里巴巴的阿里云", "中山医院", "中山大学附属第一医院", "普洱茶", "哈密瓜", "三明治", "大理石", "四平方米",
        "东方医院", "比如县级医院", "新建县级医院", "应县内外", "中方县级人员",
        # Across two words.
        "家庭共济", "医保定点医院", "参保定额", "经济宁静", "不符合肥胖症标准", "延长治疗时间", "每周口服一次",
        "一周口服", "其中卫生院", "更新余额", "账户最新余额", "创新乡村医疗", "第三明确", "江南通知", "办事指南通知",
        "确保定期", "规定西药目录", "当天津贴", "民营口腔诊所", "普通化验", "巩固原有成果", "名单县级", "已建成县",
        "相应县区", "健康县区", "管理县外", "缴费县级", "沿海城市", "新兴城市", "相应城市", "每一项城市",
        "60岁以上海量",
        "重大庆典", "大连锁药店", "扩大理赔", "较大同比", "推广安装", "平安顺利", "公安庆典", "七成都", "完成都算",
        "长江西岸", "黄河南岸", "中山东路", "最大连续", "基金华", "市和县", "东西两区", "主城区", "城乡郊区", "矿区",
        "峨眉山", "长白山", "东躲西藏", "幸福建设", "隆重庆祝", "结清远期", "老城区", "平台州", "介绍兴趣", "权威海报",
        # Relative places are not this module's.
        "省内", "本市", "疆内", "全省", "统筹区", "跨省异地就医", "外省",
    ],
)  # fmt: skip
def test_words_that_are_no_places(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("家庭共济宁波已开通", ["宁波市"]),
        ("家庭共济南京可用", ["南京市"]),
        ("已开通辽宁省", ["辽宁省"]),
        ("职工医保山东可用", ["山东省"]),
        ("参保山西的职工", ["山西省"]),
        ("市内江苏籍职工", ["江苏省"]),
        ("国内江西最早", ["江西省"]),
        ("规定西安市", ["西安市"]),
        ("城镇江苏职工", ["江苏省"]),
        ("60岁以上海南居民", ["海南省"]),
        ("参加大连医保", ["大连市"]),
        ("目前台湾居民", ["台湾省"]),
        ("推广东莞经验", ["东莞市"]),
        ("医保保定定点医院", ["保定市"]),
        ("海南部分地区", ["海南省"]),
        ("西安全市统一", ["西安市"]),
        ("大连续保", ["大连市"]),
        ("甘肃合作医疗", ["甘肃省"]),
        ("荆州公安部门", ["荆州市"]),
        ("与甘南合作开展", ["甘南藏族自治州"]),
        ("广西资源丰富", ["广西壮族自治区"]),
        ("青海互助保障", ["青海省"]),
        ("广东中山大学", ["广东省"]),
        ("苏州市区", ["苏州市"]),
        ("长沙市区", ["长沙市"]),
        ("阿里地区与朝阳市", ["阿里地区", "朝阳市"]),
    ],
)
def test_words_that_hide_no_place_beside_them(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_short_county_names_stand_behind_what_they_lie_in_only() -> None:
    assert names("静宁的参保人,岐山的老人,青浦") == []
    assert names("平凉、静宁") == ["平凉市"]
    assert names("陕西静宁") == ["陕西省"]


def test_well_known_county_cities_stand_alone() -> None:
    assert names("义乌的老人,昆山与青浦") == ["义乌市", "昆山市"]
    assert names("相应城市,每一项城市,海城") == []


# --- finding: names of institutions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "兰州大学第一医院", "浙江大学", "北京大学人民医院", "绍兴市第七人民医院", "湖北省中医院", "北京协和医院",
        "北京朝阳医院", "上海银行", "武汉晚报", "湖北日报报道", "上海发布消息", "浙江发布", "南京路",
        "南京东路100号", "延安中路", "湖北医保公众号", "江苏医保云", "浙江政务服务网", "济宁市医保局微信公众号",
        "四川省肿瘤医院", "庄浪县人民医院", "西藏药业", "天津医科大学总医院", "上海外国语大学",
    ],
)  # fmt: skip
def test_hits_in_names(text: str) -> None:
    (hit,) = find(text)
    assert hit.start == 0
    assert hit.in_name


@pytest.mark.parametrize(
    "text",
    [
        "湖北省定点医院", "武汉市医院", "上海的医院", "北京各大学", "武汉大学生", "湖北省内医院", "湖北省三级医院",
        "浙江发布了新政策", "四川路况", "河北省参保人可登录小程序", "十堰市医疗保障局", "山东省公立医院", "上海市",
        "武汉市基层医疗机构", "江苏省本地医院", "广东居民到医院",
    ],
)  # fmt: skip
def test_hits_that_are_not_in_names(text: str) -> None:
    assert [hit.in_name for hit in find(text)] == [False]


# --- finding: laws ----------------------------------------------------------------------------------------------------

PIECES = st.lists(
    st.one_of(
        st.sampled_from(sorted(places._finder().patterns)),
        st.sampled_from(sorted(places._finder().forms)),
        st.sampled_from(list("的在和省市县区州户籍级域、,。 2025年医院大学路")),
    ),
    max_size=10,
).map("".join)


@given(PIECES, st.lists(SOME, max_size=3))
def test_hits_are_ordered_apart_and_of_known_places(text: str, context: list[str]) -> None:
    hits = find(text, context)
    at = 0
    for hit in hits:
        assert at <= hit.start < hit.end <= len(text)
        assert hit.names
        assert set(hit.names) <= TREE.places.keys()
        at = hit.end
    assert hits == find(text, context)


def test_every_place_is_found_by_its_standard_name_behind_what_it_lies_in() -> None:
    for standard, bearers in TREE.borne.items():
        for name in bearers:
            holder = holder_of(name) or ""
            province = (province_of(name) or "") if holder else ""
            for before in {holder, short_name(holder) if holder else "", province if holder != province else ""}:
                if before == province and len(bearers) > 1:
                    continue  # 江苏省鼓楼区: there are two
                if before == "海南" or (before == "" and holder):
                    continue  # 海南 is the province, never the prefecture
                assert find(before + standard) == [PlaceHit(0, len(before + standard), (name,))], before


def test_every_county_is_found_by_its_short_name_behind_province_and_prefecture() -> None:
    finder = places._finder()
    for standard, bearers in TREE.borne.items():
        short = short_name(standard)
        for name in bearers:
            holder, province = holder_of(name) or "", province_of(name) or ""
            if TREE.places[name].level != "county" or short in finder.alone or holder == "海南藏族自治州":
                continue
            if sum(lies_in(other, holder) for other in finder.forms[short]) > 1:
                continue  # 伊犁 has 伊宁市 and 伊宁县
            before = short_name(province) + (short_name(holder) if holder != province else "")
            if holder == "吉林市":
                before = "吉林吉林市"
            assert find(before + short) == [PlaceHit(0, len(before + short), (name,))], before


@given(SOME)
def test_naming_a_place_in_the_context_decides_its_own_name(name: str) -> None:
    standard = next(s for s, bearers in TREE.borne.items() if name in bearers)
    assert names(standard, name) in ([name], [])


PIECES = st.one_of(SOME, st.sampled_from(places._finder().patterns), st.text("省市西安区域的，", max_size=3))


@given(st.lists(PIECES))
def test_little_text_and_much_are_searched_alike(parts: list[str]) -> None:
    finder, text = places._finder(), "".join(parts)
    automaton, searched = finder._automaton, finder._searched
    try:
        finder._automaton, finder._searched = None, 0
        little = sorted(finder._matches(text))
        finder._automaton, finder._searched = None, places._FEW
        assert sorted(finder._matches(text + "的")) == little
        assert finder._automaton is not None
    finally:
        finder._automaton, finder._searched = automaton, searched
