"""Words that carry no fact of their own, left out where sentences are compared."""

from typing import Final

ENGLISH_STOP: Final = frozenset(
    (
        "a an the of to in on at for from by with as and or but not no nor is are was were be been being am do does "
        "did "
        "done can could may might will would should shall must have has had having i you we he she it they my your our "
        "his her its their me us him them this that these those there here what which who whom whose when where why "
        "how "
        "if so than then also too just please about into out up down over per any some all each every both either such "
        "don't doesn't didn't can't cannot won't isn't aren't wasn't weren't i'm i'll you're you'll it's that's "
        "there's "
        "within after before until during while because since only very more most other own same through between "
        "however therefore yes ok hello hi get got take takes taken receive received well make makes made"
    ).split()
)

KOREAN_LIGHT: Final = frozenset(
    "하 되 있 없 이 같 주 보 싶 수 것 등 경우 때 및 또는 그 위 아래 다음 통하 위하 따르 대하 관하 의하 않 못하 말 지 "
    "드리 받 가능 네 예 "
    "안내 확인 참고 이용".split()
)
