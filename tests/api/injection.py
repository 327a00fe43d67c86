"""Texts that try to be more than a value, and every place of the schema that takes a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

# Stands in each text, and must stand in no statement.
CANARY = "zq7x"

_CYPHER = """
' OR 1=1 //zq7x
" OR true //zq7x
'}) DETACH DELETE n //zq7x
"}) MATCH (n) DETACH DELETE n RETURN 'zq7x
`) MATCH (n) RETURN n AS zq7x //
zq7x' UNION MATCH (n) RETURN n.surname AS surname //
zq7x" UNION ALL MATCH (n:Person) RETURN n //
$allowed zq7x
$id_0 zq7x
{zq7x: $allowed}
/* zq7x
*/ RETURN 1 AS zq7x
1 RETURN 1 AS zq7x
CALL dbms.listConfig() YIELD value AS zq7x
CALL apoc.load.json('http://127.0.0.1:9/zq7x')
LOAD CSV FROM 'file:///etc/passwd' AS zq7x
TERMINATE TRANSACTION 'zq7x'
SHOW USERS YIELD user AS zq7x
CYPHER runtime=slotted zq7x
EXPLAIN MATCH (zq7x) RETURN zq7x
PERSON|USES*1..9 zq7x
:Person&zq7x
n.marking IN ['OFFICIAL'] zq7x
\\' zq7x
\\\\' zq7x
\\u0027 OR 1=1 //zq7x
"""
_LUCENE = """
surname:zq7x* OR *:*
zq7x~2
[* TO zq7x]
/zq7x.*/
+zq7x -marking && || !x
zq7x^100 AND NOT
((((zq7x
zq7x"~5
\\zq7x\\
_exists_:zq7x
"""
_OTHER = """
'; DROP TABLE entry; --zq7x
1; ATTACH DATABASE '/tmp/zq7x' AS x
${jndi:ldap://127.0.0.1/zq7x}
{{7*7}}zq7x
%s%n%p{0.__class__}zq7x
<script>zq7x()</script>
../../../etc/zq7x
=cmd|'/c zq7x'!A1
zq7x) { __schema { types { name } } }
") { sources { records } } zq7x: search(text: "x
$zq7x: String
...zq7x @include(if: true)
e_zq7x
r_zq7x"}]
"""
_STRANGE = (
    "zq7x\r\nX-Evil: 1",
    "\x00zq7x",
    "zq7x\x1b[31m",
    "\u02bc OR 1=1 //zq7x",
    "\uff07}) DETACH DELETE n //zq7x",
    "\u202ezq7x\u2066",
    "z\u200bq7x zq7x",
    "zq7x" + "\u0301" * 50,
    "\ud800zq7x",
    "zq7x " * 400,
)
_DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    quote,
    lambda text: f"Smith {text}",
    lambda text: f"{text} Smith",
    lambda text: f"'{text}'",
    lambda text: f'"{text}"',
    lambda text: f"`{text}`",
)
_ENDINGS = ("", "\\", "\n", "'", '"')


def injections() -> list[str]:
    """More than 2,000 texts."""
    patterns = [line for text in (_CYPHER, _LUCENE, _OTHER) for line in text.strip().splitlines()]
    made = (_dressed(each, dress) + end for dress in _DRESSES for end in _ENDINGS for each in (*patterns, *_STRANGE))
    return list(dict.fromkeys(made))


def _dressed(pattern: str, dress: Callable[[str], str]) -> str:
    try:
        return dress(pattern)
    except UnicodeEncodeError:
        # Half a surrogate pair stands in no URL.
        return pattern


@dataclass(frozen=True, slots=True)
class Slot:
    """One place that takes a text: `of` its type, `asking` the selection around it, with `{}` for the variable."""

    name: str
    of: str
    asking: str

    @property
    def streams(self) -> bool:
        """Whether it is a subscription's, of which a document holds one."""
        return self._verb == "subscription"

    @property
    def _verb(self) -> str:
        root = self.name.partition(".")[0].lower()
        return root if root in ("mutation", "subscription") else "query"

    def documents(self, texts: list[str], together: int) -> Iterator[tuple[str, dict[str, str]]]:
        """So many texts a document, each in a field of its own name, as variables."""
        for first in range(0, len(texts), together):
            some = texts[first : first + together]
            head = ", ".join(f"$v{n}: {self.of}!" for n in range(len(some)))
            body = " ".join(self.asking.replace("{alias}", f"a{n}:").replace("{}", f"$v{n}") for n in range(len(some)))
            yield f"{self._verb}({head}) {{ {body} }}", {f"v{n}": text for n, text in enumerate(some)}


def slots(schema: GraphQLSchema, id_: str, fitting: Mapping[str, str]) -> list[Slot]:
    """Every argument of the schema, and every field of what it takes, that is a text; `id_`: of a thing there is.

    `fitting`: what stands in an argument, `paths.to`, while another of its field takes the text; else something right
    for its type, and nothing where it is not needed.
    """
    found = []
    for root in (schema.query_type, schema.mutation_type, schema.subscription_type):
        assert root is not None
        for name, field in root.fields.items():
            found += [
                Slot(f"{root.name}.{where}", of, f"{{alias}} {name}({asked}){_below(field)}")
                for where, of, asked in _texts(name, field, id_, fitting)
            ]
    for kind, inside in (
        ("Person", 'entity(id: "{id}") {{ ... on Person {{ {field} }} }}'),
        ("SubjectProfile", 'subjectProfile(id: "{id}") {{ {field} }}'),
        ("EntityConnection", "entities(kind: PERSON, first: 1) {{ {field} }}"),
        ("SearchConnection", 'search(text: "x", first: 1) {{ {field} }}'),
    ):
        of_kind = schema.type_map[kind]
        assert isinstance(of_kind, GraphQLObjectType)
        for name, field in of_kind.fields.items():
            found += [
                Slot(f"{kind}.{where}", of, "{alias} " + inside.format(id=id_, field=f"{name}({asked}){_below(field)}"))
                for where, of, asked in _texts(name, field, id_, {})
            ]
    return found


def _below(field: GraphQLField) -> str:
    """A selection that makes the answer be read: a leaf, or one of what is in it."""
    of = get_named_type(field.type)
    if is_leaf_type(of):
        return ""
    assert isinstance(of, GraphQLObjectType | GraphQLInterfaceType)
    name = "edges" if "edges" in of.fields else next(iter(of.fields))
    return f" {{ {name}{_below(of.fields[name])} }}"


def _texts(name: str, field: GraphQLField, id_: str, fitting: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Where a field takes a text, the type of it, and the arguments with it."""
    for argument, taken in field.args.items():
        needed = [
            f"{other}: {fitting.get(f'{name}.{other}') or _plain(one.type, id_)}"
            for other, one in field.args.items()
            if other != argument and (is_required_argument(one) or f"{name}.{other}" in fitting)
        ]
        for where, of, value in _within(taken.type, id_, ()):
            yield f"{name}.{argument}{where}", of, ", ".join([*needed, f"{argument}: {value}"])


def _within(of: GraphQLInputType, id_: str, inside: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    if isinstance(of, GraphQLNonNull):
        yield from _within(of.of_type, id_, inside)
    elif isinstance(of, GraphQLList):
        for where, named, value in _within(of.of_type, id_, inside):
            yield where, named, f"[{value}]"
    elif isinstance(of, GraphQLInputObjectType):
        for name, field in of.fields.items() if of.name not in inside else ():
            needed = [
                f"{other}: {_plain(one.type, id_)}"
                for other, one in of.fields.items()
                if other != name and is_required_input_field(one)
            ]
            if "property" in of.fields and name != "property":
                needed.append('property: "surname"')
            for where, named, value in _within(field.type, id_, (*inside, of.name)):
                yield f".{name}{where}", named, "{" + ", ".join([*needed, f"{name}: {value}"]) + "}"
    elif not isinstance(of, GraphQLEnumType) and of.name not in ("Int", "Float", "Boolean"):
        yield "", of.name, "{}"


def _plain(of: GraphQLInputType, id_: str) -> str:
    """Something that is right for a type."""
    if isinstance(of, GraphQLNonNull):
        return _plain(of.of_type, id_)
    if isinstance(of, GraphQLList):
        return f"[{_plain(of.of_type, id_)}]"
    if isinstance(of, GraphQLEnumType):
        return str(next(iter(of.values)))
    if isinstance(of, GraphQLInputObjectType):
        needed = (f"{name}: {_plain(one.type, id_)}" for name, one in of.fields.items() if is_required_input_field(one))
        return "{" + ", ".join(needed) + "}"
    return {
        "ID": f'"{id_}"',
        "Int": "1",
        "Float": "1.5",
        "Boolean": "true",
        "Date": '"2024-05-31"',
        "DateTime": '"2024-05-31T10:00:00Z"',
    }.get(of.name, '"Probe"')
