"""Names of the real population, by where they come from and how they change: who is found to be one, and who wrongly.

`python -m bench.origin` prints a table. The pairs are written by hand, from how clerks write names, and not taken from
the tables by which the demo world varies names or the engine folds them. A true pair is two records of one name in two
writings, one date of birth and one postcode; what it has to be told from is every other name of its group, born the
same day at the same postcode.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from resolution.candidate import candidates
from resolution.model import Model, default_model
from resolution.score import judge
from resolution.table import Table

# One name in its writings: given | middle | surname, the middle left out where there is none.
ORIGINS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "nicknames": (
        ("Elizabeth|Hargreaves", "Liz|Hargreaves", "Betty|Hargreaves", "Beth|Hargreaves"),
        ("William|Ogden", "Bill|Ogden", "Will|Ogden"),
        ("Robert|Fairclough", "Bob|Fairclough", "Robbie|Fairclough"),
        ("Margaret|Entwistle", "Maggie|Entwistle", "Peggy|Entwistle"),
        ("Anthony|Rigby", "Tony|Rigby"),
        ("Katherine|Lomax", "Kate|Lomax", "Kathy|Lomax"),
        ("Richard|Pilling", "Dick|Pilling", "Rick|Pilling"),
        ("Michael|Sowerby", "Mick|Sowerby", "Mike|Sowerby"),
        ("Edward|Whittle", "Ted|Whittle", "Eddie|Whittle"),
        ("Deborah|Haslam", "Debbie|Haslam"),
        ("Andrew|Birtwistle", "Andy|Birtwistle", "Drew|Birtwistle"),
    ),
    "South Asian": (
        ("Mohammed|Chaudhry", "Muhammad|Choudhury", "Mohd|Chowdhury"),
        ("Yusuf|Qureshi", "Yousaf|Quraishi"),
        ("Aisha|Begum", "Ayesha|Begom"),
        ("Gurpreet|Dhillon", "Gurprit|Dhilon"),
        ("Khadija|Sheikh", "Khadeeja|Shaikh"),
        ("Zulfiqar|Hussain", "Zulfikar|Hussein"),
        ("Tahmina|Akhtar", "Tahmeena|Akhter"),
        ("Sanjay|Patel", "Sanjai|Patel"),
        ("Naveed|Mehmood", "Navid|Mahmood"),
        ("Rukhsana|Bibi", "Ruksana|Bibi"),
        ("Jaswinder|Kaur", "Jasvinder|Kaur"),
    ),
    "Arabic": (
        ("Abdulrahman|Al-Masri", "Abdul-Rahman|Almasri", "Abdul Rahman|El Masri"),
        ("Yousef|Haddad", "Youssef|Hadad"),
        ("Mahmoud|Al Khatib", "Mahmud|Elkhatib"),
        ("Huda|Saleh", "Houda|Salih"),
        ("Khaled|Al-Hassan", "Khalid|Hassan"),
        ("Nour|Ibrahim", "Noor|Ebrahim"),
        ("Abdullah|Khalil", "Abdallah|Khaleel"),
        ("Mariam|Mansour", "Maryam|Mansur"),
        ("Hussein|Al-Jabouri", "Hussain|Aljaburi"),
    ),
    "Polish": (
        ("Małgorzata|Wójcik", "Malgorzata|Wojcik"),
        ("Łukasz|Kowalski", "Lukasz|Kowalsky"),
        ("Jan|Wiśniewski", "Jan|Wisniewski"),
        ("Agnieszka|Nowakowska", "Agnieszka|Nowakowski"),
        ("Krzysztof|Szymański", "Kristof|Szymanski", "Krzystof|Szymanski"),
        ("Paweł|Dąbrowski", "Pawel|Dabrowski"),
        ("Zofia|Jaworska", "Sofia|Jaworska"),
        ("Grzegorz|Zając", "Gregorz|Zajac"),
    ),
    "Romanian": (
        ("Ionuț|Popescu", "Ionut|Popesco"),
        ("Gheorghe|Ciobanu", "George|Ciobanu"),
        ("Ștefan|Mureșan", "Stefan|Muresan"),
        ("Andreea|Țurcanu", "Andrea|Turcanu"),
        ("Mihai|Dumitrescu", "Mihail|Dumitresku"),
        ("Cătălin|Bălan", "Catalin|Balan"),
    ),
    "Irish": (
        ("Seán|O'Sullivan", "Sean|OSullivan", "Shaun|Sullivan"),
        ("Siobhán|Ó Briain", "Siobhan|O'Brien"),
        ("Caoimhe|Mac Carthy", "Keeva|McCarthy"),
        ("Padraig|MacDonagh", "Patrick|McDonagh"),
        ("Niamh|Nic Dhomhnaill", "Niamh|McDonnell"),
        ("Aoife|Kavanagh", "Aoife|Cavanagh"),
        ("Eoghan|Fitz Gerald", "Eoin|Fitzgerald"),
        ("Declan|O Neill", "Declan|ONeil"),
    ),
    "African": (
        ("Oluwaseun|Adebayo", "Seun|Adebayo"),
        ("Chukwuemeka|Okafor", "Emeka|Okafor", "Chukwuemeka|Okafo"),
        ("Abdi|Mohamud", "Abdi|Mahamoud"),
        ("Kwabena|Owusu", "Kwabina|Owusu"),
        ("Ngozi|Okonkwo", "Ngozi|Okonkwor"),
        ("Tewodros|Tesfaye", "Tewodros|Tesfay"),
        ("Fadumo|Warsame", "Faduma|Warsama"),
        ("Boateng|Mensah", "Boateng|Mensa"),
    ),
    "Chinese order": (
        ("Wei Ming|Zhang", "Zhang|Wei Ming", "Weiming|Zhang"),
        ("Xiu Ying|Chen", "Chen|Xiuying"),
        ("Ka Ho|Wong", "Wong|Ka Ho", "Kaho|Wong"),
        ("Jian Guo|Liu", "Liu|Jianguo"),
        ("Mei Ling|Lau", "Lau|Mei Ling"),
        ("Siu Fung|Cheung", "Cheung|Siu Fung"),
    ),
    "double barrels": (
        ("Sarah|Whitcombe-Lyle", "Sarah|Whitcombe", "Sarah|Lyle", "Sarah|Whitcombe Lyle"),
        ("Emily|Taylor-Brooks", "Emily|Taylor Brooks", "Emily|Brooks"),
        ("Owen|Pryce-Bevan", "Owen|Bevan", "Owen|PryceBevan"),
        ("Anne-Marie|Culshaw", "Anne Marie|Culshaw", "Annmarie|Culshaw"),
        ("Billy-Joe|Tranter", "Billy Joe|Tranter", "Billy|Tranter"),
    ),
    "particles": (
        ("Pieter|van der Berg", "Pieter|Vanderberg", "Pieter|Van Der Berg"),
        ("Lucia|De La Cruz", "Lucia|Delacruz"),
        ("Marco|D'Angelo", "Marco|Dangelo"),
        ("Fiona|MacLeod", "Fiona|McLeod", "Fiona|Mac Leod"),
        ("Jorge|dos Santos", "Jorge|Santos"),
        ("Ahmed|El-Sayed", "Ahmed|Elsayed"),
        ("Hugh|St John", "Hugh|Saint John"),
    ),
    "single names": (
        ("|Suryanarayan", "|Suryanarayana"),
        ("|Tenzin", "|Tenzing"),
        ("|Gulbadan", "|Gulbaden"),
        ("|Nasibullah", "|Nasib Ullah"),
    ),
    "initials": (
        ("Jonathan|Peasgood", "J|Peasgood"),
        ("Rosalind|Mary|Tunnicliffe", "R M|Tunnicliffe", "R|M|Tunnicliffe"),
        ("Alastair|Drummond", "A.|Drummond"),
        ("Venkata|Ramanathan", "V|Ramanathan"),
        ("Imelda|Scarisbrick", "I|Scarisbrick"),
    ),
    "swapped order": (
        ("Bartholomew|Quill", "Quill|Bartholomew"),
        ("Harjit|Bassi", "Bassi|Harjit"),
        ("Nguyen|Thanh", "Thanh|Nguyen"),
        ("Ferenc|Szabo", "Szabo|Ferenc"),
        ("Martin|Gregory", "Gregory|Martin"),
        ("Imran|Tariq", "Tariq|Imran"),
    ),
    "middle name used": (
        ("Arthur|Leopold|Tench", "Leopold|Tench"),
        ("Muhammad|Bilal|Raja", "Bilal|Raja"),
        ("Mary|Josephine|Geraghty", "Josephine|Geraghty"),
    ),
}
_BORN, _HOME = "1983-05-17", "ZX4 1AB"
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """True pairs, how many of them share a key and join; pairs of two people, how many of them join."""

    true: int
    found: int
    joined: int
    false: int
    wrong: int
    missed: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        """The share of the true pairs that join."""
        return self.joined / self.true

    @property
    def precision(self) -> float:
        """The share of what joins that is true, each false pair counting as one true one."""
        wrong = self.wrong / max(self.false, 1) * self.true
        return self.joined / max(self.joined + wrong, 1e-9)


def measured(group: str, model: Model | None = None) -> Measured:
    """Return what a model makes of a group's names, each pair alone with nobody else to be told from."""
    model = model or default_model()
    names = ORIGINS[group]
    true = [(a, b) for one in names for a, b in combinations(one, 2)]
    false = [(one[0], other[0]) for one, other in combinations(names, 2)]
    hits = [*_judged(true, model)]
    wrongs = [*_judged(false, model)]
    return Measured(
        len(true),
        sum(met for met, _ in hits),
        sum(joins for _, joins in hits),
        len(false),
        sum(joins for _, joins in wrongs),
        tuple(f"{a} / {b}" for (a, b), (_, joins) in zip(true, hits, strict=True) if not joins),
        tuple(f"{a} / {b}" for (a, b), (_, joins) in zip(false, wrongs, strict=True) if joins),
    )


def _judged(pairs: list[tuple[str, str]], model: Model) -> Iterator[tuple[bool, bool]]:
    """Yield of each pair whether it shares a key, and whether it is found and joins."""
    for a, b in pairs:
        records = [_record(a), _record(b)]
        table = Table.build(["a", "b"], np.zeros(2, np.int32), np.zeros(2, np.int64), records)
        left, right = candidates(table, model.caps)
        judged = judge(table, left, right, model)
        yield bool(len(left)), bool(len(left) and judged.bits[0] >= model.join and not judged.veto[0])


def _record(text: str) -> Record:
    parts = text.split("|")
    given, middle, surname = (parts[0], parts[1], parts[2]) if len(parts) == 3 else (parts[0], "", parts[-1])
    record: Record = {"given_name": given, "middle_name": middle, "surname": surname, "date_of_birth": _BORN}
    return {name: value for name, value in record.items() if value} | {"postcode": [_HOME]}


def main() -> None:
    """Print the table, and what was missed and mistaken."""
    print("| names | true pairs | share a key | join | recall | precision | two people who join |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for group in ORIGINS:
        one = measured(group)
        print(
            f"| {group} | {one.true} | {one.found} | {one.joined} | {one.recall:.2f} | {one.precision:.2f} "
            f"| {one.wrong} of {one.false} |"
        )
        for text in (*one.missed, *one.mistaken):
            print(f"{group}: {text}", file=sys.stderr)


if __name__ == "__main__":
    main()
