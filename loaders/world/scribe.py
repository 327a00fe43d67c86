"""How a clerk writes down a vehicle, an address or an organisation: misread, mistyped, shortened, or in other words."""

from dataclasses import dataclass

from loaders.world.chance import Chance
from loaders.world.geography import CITY, Address
from loaders.world.identifier import Vehicle
from loaders.world.noise import mistype, spoken
from loaders.world.staff import Business

Written = dict[str, str]

_MISREAD = {"0": "O", "O": "0", "8": "B", "B": "8", "5": "S", "S": "5", "1": "I", "I": "1", "2": "Z", "Z": "2"}
_KEYS = "ABCDEFGHJKLMNOPRSTUVWXY"
_MAKES = {"VOLKSWAGEN": "VW", "MERCEDES": "Mercedes-Benz", "BMW": "B.M.W.", "VAUXHALL": "Vauxhal"}
_TYPES = {"Street": "St", "Road": "Rd", "Avenue": "Ave", "Lane": "Ln", "Close": "Cl", "Drive": "Dr", "Terrace": "Terr",
          "Crescent": "Cres", "Place": "Pl", "Gardens": "Gdns", "Court": "Ct", "Grove": "Grv"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slips:
    """The habits of a clerk as probabilities (0..1); `missing`: for each thing that may be left out."""

    misread: float = 0.01
    mistyped: float = 0.02
    half_read: float = 0.01
    reworded: float = 0.3
    missing: float = 0.25


class Scribe:
    """Writes things down with the habits of one silo; what is not written is left out."""

    def __init__(self, chance: Chance, slips: Slips | None = None) -> None:
        self.chance, self.slips = chance, slips or Slips()

    def mark(self, vrm: str) -> str:
        """A registration mark as it was read and typed."""
        chance, slips = self.chance, self.slips
        if chance.hit(slips.misread) and (places := [n for n, sign in enumerate(vrm) if sign in _MISREAD]):
            at = chance.among(places)
            return vrm[:at] + _MISREAD[vrm[at]] + vrm[at + 1 :]
        if chance.hit(slips.mistyped):
            at = chance.integer(0, len(vrm) - 2)
            if chance.hit(0.3):
                return vrm[:at] + vrm[at + 1] + vrm[at] + vrm[at + 2 :]
            return vrm[:at] + (chance.digits(1) if vrm[at].isdigit() else chance.among(_KEYS)) + vrm[at + 1 :]
        if chance.hit(slips.half_read) and len(vrm) > 5:
            return vrm[:4]
        return f"{vrm[:4]} {vrm[4:]}" if chance.hit(slips.reworded) and len(vrm) == 7 else vrm

    def vehicle(self, car: Vehicle, vin: str) -> Written:
        """A vehicle with what was known of it."""
        chance, slips = self.chance, self.slips
        written = {
            "vrm": self.mark(car.vrm),
            "vin": vin[-6:] if chance.hit(0.2) else vin,
            "make": _MAKES.get(car.make, car.make.title()) if chance.hit(slips.reworded) else car.make,
            "model": mistype(chance, car.model) if chance.hit(slips.mistyped) else car.model,
            "colour": self._colour(car.colour),
            "year": str(car.year + (chance.hit(0.06))),
        }
        likely = {"vrm": 0.04, "vin": 0.8, "make": slips.missing, "model": 2 * slips.missing, "year": 2 * slips.missing}
        return {name: text for name, text in written.items() if not chance.hit(likely.get(name, slips.missing))}

    def _colour(self, colour: str) -> str:
        if self.chance.hit(0.06):
            return {"GREY": "SILVER", "SILVER": "GREY", "BLACK": "DARK BLUE", "BLUE": "BLACK"}.get(colour, "GREY")
        return f"Dark {colour.title()}" if self.chance.hit(0.1) else colour

    def address(self, at: Address) -> Written:
        """An address in one line, with what else was known of it."""
        chance, slips = self.chance, self.slips
        name, _, sort = at.street.rpartition(" ")
        street = f"{name} {_TYPES.get(sort, sort)}" if chance.hit(slips.reworded) else at.street
        if chance.hit(slips.mistyped):
            street = f"{mistype(chance, name)} {sort}"
        flat = at.saon.replace("Flat", chance.among(("Flt", "Apartment", "flat"))) if chance.hit(0.3) else at.saon
        line = f"{flat}, {at.paon} {street}" if flat else f"{at.paon} {street}"
        if not chance.hit(slips.missing):
            line += f", {at.locality}"
        if not chance.hit(slips.missing):
            line += f", {CITY}"
        written = {"text": line.upper() if chance.hit(0.2) else line}
        if not chance.hit(slips.missing):
            written["postcode"] = self._postcode(at.postcode)
        if chance.hit(slips.missing):
            written["uprn"] = at.uprn
        return written

    def _postcode(self, postcode: str) -> str:
        if self.chance.hit(self.slips.mistyped):
            return postcode[:-1] + self.chance.among("ABDEFGHJLNPQRSTUWXYZ")
        return postcode.replace(" ", "") if self.chance.hit(self.slips.reworded) else postcode

    def organisation(self, business: Business, at: Address) -> Written:
        """An organisation with its premises."""
        chance, slips = self.chance, self.slips
        written = {"name": self.name(business.name)}
        if chance.hit(slips.missing):
            written["company_number"] = business.company_number.lstrip("0") or business.company_number
        if not chance.hit(2 * slips.missing):
            written["phone"] = spoken(chance, business.phone)
        if not chance.hit(slips.missing):
            written |= self.address(at)
            written["address"] = written.pop("text")
            written.pop("uprn", None)
        return written

    def name(self, name: str) -> str:
        """The name of an organisation in other words."""
        chance, slips = self.chance, self.slips
        bare, limited = name.removesuffix(" Ltd"), name.endswith(" Ltd")
        owner, _, trade = bare.partition(" ")
        if chance.hit(slips.mistyped):
            owner = mistype(chance, owner)
        bare = f"{owner} {trade}" if trade else owner
        if trade and chance.hit(slips.reworded / 5):
            bare = chance.among((f"{trade} {owner}", f"{owner} & Sons {trade}", f"The {bare}", f"{owner}'s {trade}"))
        ending = chance.among(("", " Limited", " LTD", " Ltd.")) if chance.hit(slips.reworded) else " Ltd" * limited
        traded = f"{owner} Holdings{ending or ' Ltd'} t/a {bare}" if chance.hit(slips.reworded / 8) else bare + ending
        return traded.upper() if chance.hit(0.15) else traded
