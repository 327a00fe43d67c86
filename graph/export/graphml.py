"""GraphML, as networkx, Gephi, yEd and Cytoscape read it: a directed multigraph whose attributes are all texts.

Source: Brandes and others, GraphML Progress Report, Graph Drawing 2001; http://graphml.graphdrawing.org/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from graph.export.content import LINK_FIELDS, Content, as_text
from graph.model import KINDS

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_THING = ("kind", "label", "markings")
# What XML 1.0 cannot hold in any form.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def write(content: Content, out: BinaryIO) -> None:
    """Write one graph; a property `p` of a thing is the attribute `p`."""
    names = sorted({held.field for kind in KINDS.values() for held in kind.properties} - {*_THING})
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("graphml", AttributesImpl({"xmlns": _NAMESPACE}))
    for of, keys in (("node", (*_THING, *names)), ("edge", LINK_FIELDS)):
        for key in keys:
            described = {"id": f"{of}-{key}", "for": of, "attr.name": key, "attr.type": "string"}
            xml.startElement("key", AttributesImpl(described))
            xml.endElement("key")
    xml.startElement("graph", AttributesImpl({"id": "polegraph", "edgedefault": "directed"}))
    for thing in content.things():
        said = {**{name: thing[name] for name in _THING}, **thing["properties"]}
        _element(xml, "node", {"id": thing["id"]}, said, (*_THING, *names))
    for link in content.links():
        ends = {"id": link["id"], "source": link["from"], "target": link["to"]}
        _element(xml, "edge", ends, link, LINK_FIELDS)
    xml.endElement("graph")
    xml.endElement("graphml")
    xml.endDocument()


def _element(
    xml: XMLGenerator, name: str, attributes: Mapping[str, str], said: Mapping[str, Any], keys: Iterable[str]
) -> None:
    xml.startElement(name, AttributesImpl(dict(attributes)))
    for key in keys:
        if said.get(key) not in (None, []):
            xml.startElement("data", AttributesImpl({"key": f"{name}-{key}"}))
            xml.characters(as_text(said[key]).translate(_FORBIDDEN))
            xml.endElement("data")
    xml.endElement(name)
