"""The most common Chinese characters: enough to tell Chinese from noise that merely consists of Han characters."""

from __future__ import annotations

import re

from .characters import HAN

# The first few hundred of Chinese character frequency lists, with some that news texts use more than others do. They
# make up some 60 % of any Chinese text, and some 5 % of a text decoded with the wrong encoding.
COMMON_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情"
    "明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给"
    "世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
    "量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔省县州近乡村收企车农环境服改"
    "革供疫病持续责获悉称率增百元亿项截首届级"
)
# The same characters where traditional script writes them otherwise, with its variants (為 and 爲, 裡 and 裏).
COMMON_TRADITIONAL = (
    "這個們來爲為國說時會對於過發後裏裡著種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話內給門兒東聲員"
    "論處義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運筆縣鄉"
    "車農環續責獲稱億項屆級"
)
COMMON = frozenset(COMMON_SIMPLIFIED + COMMON_TRADITIONAL)

_HAN = re.compile(f"[{HAN}]")


def count_common(text: str) -> tuple[int, int]:
    """(Han characters of the text, how many of them are common ones)."""
    found = _HAN.findall(text)
    return len(found), sum(character in COMMON for character in found)
