"""Chinese documents: the same command, the same record, the same ids."""

from collections import Counter
from collections.abc import Callable

import pytest

from hkcrypto.extract import Extractor
from hkcrypto.frames import Example, RelationType, load_frames
from hkcrypto.schema import Record
from hkcrypto.script import HAN, simplified

Read = Callable[[str], Record]
FRAMES = load_frames()
ENGLISH = """HKMA grants first stablecoin licences

The Hong Kong Monetary Authority (HKMA) has granted licences to HSBC and Anchorpoint Financial under the Stablecoins Ordinance. Standard
Chartered, Animoca Brands and HKT own Anchorpoint. Eddie Yue and Arthur Yuen of the HKMA met Paul Chan and Christopher Hui.

OSL, HashKey Exchange, Futu, Tiger Brokers, ZA Bank, Bank of China (Hong Kong), Ant International and RD Technologies welcomed the move,
as did the Securities and Futures Commission, the Legislative Council, Cyberport and HKEX. Circle, Tether, Coinbase, Binance and OKX did not
comment. Bitcoin, Ether, Tether's USDT and USDC rose against the Hong Kong dollar and the yuan.

Officials from Singapore, Dubai, Japan, the United States and mainland China came to Hong Kong. The People's Bank of China, the Monetary
Authority of Singapore and Bloomberg were there. Xiao Feng and Justin Sun spoke at Consensus Hong Kong.
"""
CHINESE = """金管局發出首批穩定幣牌照

香港金融管理局（金管局）根據《穩定幣條例》向滙豐及碇點金融發牌。碇點金融由渣打、安擬集團及香港電訊擁有。金管局的余偉文和阮國恒與陳茂波及許正宇會面。

OSL、HashKey Exchange、富途、老虎證券、眾安銀行、中銀香港、螞蟻國際及圓幣科技表示歡迎，證監會、立法會、數碼港及香港交易所亦然。
Circle、Tether、Coinbase、幣安及歐易
不予置評。比特幣、以太幣、USDT及USDC兌港元和人民幣上升。

新加坡、杜拜、日本、美國和內地的官員來到香港。中國人民銀行、新加坡金管局和彭博亦有出席。肖風和孫宇晨在香港共識大會上發言。
"""


def examples(relation: RelationType) -> tuple[list[Example], list[Example]]:
    chinese = ([e for e in group if HAN.search(e.text)] for group in (relation.finds, relation.ignores))
    finds, ignores = chinese
    return finds, ignores


@pytest.mark.parametrize("relation", FRAMES.relations.values(), ids=lambda r: r.name)
def test_relation_has_chinese_frames_and_examples_of_both_kinds(relation: RelationType) -> None:
    finds, ignores = examples(relation)
    assert any(HAN.match(w) for f in relation.frames for words in f.triggers.values() for w in words)
    assert len(finds) >= 6
    assert len(ignores) >= 4


def test_an_event_in_english_and_in_chinese_gives_the_same_ids(read: Read) -> None:
    english, chinese = ({e.id for e in read(text).entities if e.kb and e.type != "TOPIC"} for text in (ENGLISH, CHINESE))
    assert len(english & chinese) >= 30
    assert len(english ^ chinese) <= 5


def test_both_scripts_give_the_same_facts(read: Read) -> None:
    traditional, plain = read(CHINESE), read(simplified(CHINESE))
    assert plain.document.language == "zh-Hans"
    assert {e.id for e in traditional.entities} == {e.id for e in plain.entities}
    facts = [{(r.type, r.subject, r.object, r.status) for r in record.relations} for record in (traditional, plain)]
    assert facts[0] == facts[1]
    assert facts[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("金管局檢討外幣安排，並與銀行公會討論。", False),  # 外幣 and 安排
        ("證監會對幣安展開調查，並提醒投資者。", True),
    ],
)
def test_pieces_of_two_words_are_no_name(read: Read, text: str, *, expected: bool) -> None:
    assert ("binance" in {e.id for e in read(text).entities}) is expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("總部設於中環的初創公司「海角支付」創辦人黎子謙表示，將申請牌照。", "海角支付", "FIRM"),
        ("總部設於中環的初創公司「海角支付」創辦人黎子謙表示，將申請牌照。", "黎子謙", "PERSON"),
        ("匯泓集團與監管機構會面，匯泓集團未有回應查詢。", "匯泓集團", "FIRM"),
        ("金管局正根據《海燕數據條例》草擬指引，下月公布。", "海燕數據條例", "LAW"),
        ("监管机构批评司徒明远律师，司徒明远表示会上诉。", "司徒明远", "PERSON"),
        ("香港帆船金融業協會歡迎監管機構的決定，並促請當局行動。", "香港帆船金融業協會", "ORGANIZATION"),
    ],
)
def test_unknown_names_are_found_by_what_stands_in_and_around_them(read: Read, text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(e.name, e.type) for e in read(text).entities}


@pytest.mark.parametrize(
    "text", ["多家商業銀行及海外交易所表示關注。", "公司「還在考慮」是否上市，市場未有反應。", "首席執行官表示，AI和RWA前景看好。"]
)
def test_common_words_are_no_names(read: Read, text: str) -> None:
    assert [e.name for e in read(text).entities if not e.kb] == []


def test_defined_and_foreign_names_are_one_entity(read: Read) -> None:
    record = read("潮聲數碼科技有限公司（Tidesong Digital，下稱「潮聲」）宣布擴張。潮聲其後表示，Tidesong Digital將繼續招聘。")
    firms = [e for e in record.entities if e.type == "FIRM"]
    assert len(firms) == 1
    assert Counter(m.text for m in firms[0].mentions) == {"潮聲數碼科技有限公司": 1, "Tidesong Digital": 2, "潮聲": 2}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("滙豐公布業績。該行計劃收購帆舟數碼科技有限公司。", "hsbc"),
        ("陳茂波出席會議。其後陳司長支持穩定幣發展。", "paul-chan"),
    ],
)
def test_roles_and_titles_stand_for_names(read: Read, text: str, subject: str) -> None:
    assert subject in {r.subject for r in read(text).relations}


def test_speaker_and_what_is_said_are_statements(read: Read) -> None:
    record = read("金管局總裁余偉文表示，首批牌照的數目不會太多。他又強調：「暫時沒有發牌時間表，會視乎情況。」")
    assert [(s.speaker, s.direct) for s in record.statements] == [("eddie-yue", False), ("eddie-yue", True)]
    assert record.statements[0].text == "首批牌照的數目不會太多"


def test_offsets_are_those_of_the_text(extractor: Extractor) -> None:
    record = extractor.extract(CHINESE)
    spans = [m for e in record.entities for m in e.mentions] + list(record.values) + list(record.statements)
    assert all(CHINESE[s.start : s.end] == s.text for s in spans)
