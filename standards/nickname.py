"""Names that one person goes by in turn: Elizabeth, Liz, Beth."""

from collections.abc import Iterator
from functools import lru_cache

from nicknames import NickNamer

from standards.spelling import name_key
from standards.text import fold

# The library knows English names; these are everyday short forms of the other names met in UK records.
_FURTHER = """
mohammed mo moe; abdul ab; abdullah ab abdul; abdulrahman rahman abdul; hussain huss; hassan hass; ibrahim ibby ibs;
yusuf yusi yus; mustafa mus musty; suleman sully; fatima fati; khadija khadi; aleksandra ola; alexandra sandra alex;
katarzyna kasia kaska; malgorzata gosia; krzysztof krzysiek kris chris; stanislaw staszek stan; tomasz tomek tom;
piotr piotrek peter; jan janek; anna ania anka; agnieszka aga; joanna asia; magdalena magda; barbara basia;
wojciech wojtek; grzegorz grzesiek greg; jakub kuba; andrzej jedrek andrew; zofia zosia; jerzy jurek; kazimierz kazik;
michal michalek michael; pawel pawelek paul; ewa ewka; alexandru alex sandu; gheorghe gica george; ion ionel nelu;
constantin costel costi; stefan fane; mihai misu mihaita michael; nicolae nicu nelu nick; elena lena ileana;
maria marioara mia; ecaterina cati; gurpreet guri; harpreet harry harp; manpreet manny; jaspreet jas; balwinder bal;
rajinder raj; surinder suri; dilip dil; krishna kris; padraig patrick paddy pat; caoimhe keeva; eoghan eoin owen;
micheal michael mick; seamus james jim; mairead margaret; cathal charles; eamonn edmund; tadhg timothy thaddeus;
diarmuid dermot; sile sheila; maire mary moira; brid bridget breda; conchobhar conor; aodhan aidan; ruairi rory;
oluwaseun seun; oluwatobi tobi; oluwatosin tosin; oluwafemi femi; olufemi femi; ayodele ayo dele; babatunde tunde;
temitope tope; ifeoluwa ife; adebola bola; olabisi bisi; chukwuemeka emeka; chinedu nedu; chidiebere chidi ebere;
nnamdi namdi; obinna obi; ngozichukwu ngozi; ifeoma ify oma; abdirahman abdi; abdullahi abdi; mohamud moha
"""
_MOHAMMEDS = ("mohammed", "muhammad", "mohammad", "muhammed", "mohamed", "mohamad", "mohd", "md")


@lru_cache(maxsize=1)
def _library() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=1)
def _further() -> dict[str, frozenset[str]]:
    family: dict[str, set[str]] = {}
    for name, short in _pairs():
        family.setdefault(name, set()).add(short)
        family.setdefault(short, set()).add(name)
    return {name: frozenset(others) for name, others in family.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    for line in _FURTHER.split(";"):
        name, *shorts = line.split()
        for spelling in _MOHAMMEDS if name_key(name) == "MUHMD" else (name,):
            yield from ((spelling, short) for short in shorts)


@lru_cache(maxsize=1)
def _full() -> dict[str, frozenset[str]]:
    full: dict[str, set[str]] = {}
    for name, short in _pairs():
        full.setdefault(short, set()).add(name)
    return {short: frozenset(names) for short, names in full.items()}


@lru_cache(maxsize=1 << 16)
def full_names_of(token: str) -> frozenset[str]:
    """Return the folded names that this one is short for: Bob and Rob are each short for Robert."""
    name = fold(token)
    return frozenset(_library().canonicals_of(name) | _full().get(name, frozenset()))


@lru_cache(maxsize=1 << 16)
def nicknames_of(token: str) -> frozenset[str]:
    """Return the folded name with its short forms and the full names it is short for; symmetric.

    ``b in nicknames_of(a)`` exactly when ``a in nicknames_of(b)``. Short forms of one name are not joined to each other
    (Bob and Rob are each Robert), which keeps the families small. Source: the nicknames package and a list of our own.
    """
    name = fold(token)
    known = _library()
    return frozenset({name} | known.nicknames_of(name) | known.canonicals_of(name) | _further().get(name, frozenset()))
