"""The force's registers: areas, officers and the businesses of the city."""

from loaders.world.desk import Desk, World
from loaders.world.noise import Quality
from loaders.world.writer import Dialect

SOURCE = "force-register"
_UPDATED = "2025-06-30"


def write_register(world: World) -> None:
    """Write areas, officers and businesses."""
    desk, dialect = Desk(world, "register", SOURCE, Quality()), Dialect()
    areas = [[area.code, area.name, area.type, area.parent, _UPDATED] for area in world.city.areas]
    desk.csv("areas.csv", ("code", "name", "type", "parent", "updated"), areas, dialect)
    officers = [[o.collar, o.rank, o.given, o.surname, o.unit, _UPDATED] for o in world.officers]
    desk.csv("officers.csv", ("collar", "rank", "given_name", "surname", "unit", "updated"), officers, dialect)
    businesses = []
    for business in world.businesses:
        place = desk.address(business.place)
        world.truth.entity(SOURCE, "Organisation", business.id, business.id)
        world.truth.entity(SOURCE, "Address", place.uprn, place.id)
        cells = (business.name, business.type, business.company_number, business.phone)
        businesses.append([business.id, *cells, place.uprn, place.line, place.postcode, _UPDATED])
    columns = ("id", "name", "type", "company_number", "phone", "uprn", "address", "postcode", "updated")
    desk.csv("businesses.csv", columns, businesses, dialect)
