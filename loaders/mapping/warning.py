"""What is allowed in a mapping and yet looks like a mistake: told by `mapping check`, never refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from loaders.mapping.document import hint_for
from loaders.mapping.spec import FileMapping, LinkSpec, ValueSpec
from loaders.mapping.template import PLACES

STATUSES = ("ALLEGED", "CHARGED", "CONVICTED", "CLEARED")


def warnings_of(files: Sequence[FileMapping]) -> list[str]:
    """One line for each doubtful place, with the line of the mapping."""
    return [line for file in files for line in (*_unstable(file), *_unknown_words(file))]


def _unstable(file: FileMapping) -> Iterator[str]:
    """Keys that are a place in the input."""
    for spec in [*(r.key for r in file.records), *(r.value for r in file.records), file.row_key]:
        if spec is None:
            continue
        for name in spec.source.columns:
            if name in PLACES:
                place = f"{file.mapping}:{spec.line}"
                yield f"{place}: {{{name}}} is not stable between deliveries; no row meets its older self"


def _unknown_words(file: FileMapping) -> Iterator[str]:
    """Roles and statuses that the mapping itself writes and the model does not know: they would be kept and counted."""
    for link in file.links:
        for name, known in (("role", link.type.roles), ("status", STATUSES)):
            yield from _not_in(file, link, name, known)


def _not_in(file: FileMapping, link: LinkSpec, name: str, known: Collection[str]) -> Iterator[str]:
    spec = link.properties.get(name)
    if spec is None:
        return
    for word in dict.fromkeys(_written(spec)):
        if known and word not in known:
            text = f"{file.mapping}:{spec.line}: link {link.type.name}: {name} {word!r} is none of the model's"
            yield f"{text}{hint_for(word, known)}"


def _written(spec: ValueSpec) -> Iterator[str]:
    """The words that a value writes by itself: a constant, or what its map and its else give."""
    if spec.map is not None:
        yield from spec.map.values()
    elif not spec.source.columns:
        yield spec.source.fill(())
    if spec.other:
        yield spec.other
