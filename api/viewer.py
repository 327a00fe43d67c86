"""Who asks and why: the viewer of a request, as its headers and the way of signing in say; and what a role may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from starlette.datastructures import Headers

from api.rate import Rates, Strangers
from api.signin import Identity, SignIn, sign_in
from graph.catalogue import Catalogue
from graph.errors import BadInput, Forbidden, PolegraphError, RateLimited, Unauthenticated
from graph.purpose import Purposes
from graph.settings import Auth, Settings
from security.break_glass import BreakGlass
from security.marking import MarkingError
from security.viewer import Purpose, Role, Viewer

PURPOSE_HEADER = "X-Purpose"


class Deed(StrEnum):
    """What somebody wants to do."""

    READ = "read"
    DECIDE = "decide"
    SEND = "send messages"
    WATCH_LOADS = "watch loads"
    EXPORT = "export"
    BREAK_GLASS = "break glass"
    OVERSEE = "see who broke glass"
    DECONFLICT = "see who else asks about a subject"
    REVIEW_ACCESS = "see who looked at whom"


# Without authentication there is no role, and everything is allowed. An administrator runs the system and sees no data.
ALLOWED: dict[Role, frozenset[Deed]] = {
    Role.OFFICER: frozenset({Deed.READ, Deed.BREAK_GLASS}),
    Role.ANALYST: frozenset({Deed.READ, Deed.DECIDE, Deed.WATCH_LOADS, Deed.EXPORT, Deed.DECONFLICT, Deed.BREAK_GLASS}),
    Role.SUPERVISOR: frozenset(
        {Deed.READ, Deed.DECIDE, Deed.WATCH_LOADS, Deed.EXPORT, Deed.DECONFLICT, Deed.BREAK_GLASS, Deed.OVERSEE}
    ),
    Role.DATA_ENGINEER: frozenset({Deed.READ, Deed.SEND, Deed.WATCH_LOADS}),
    Role.STANDARDS: frozenset({Deed.READ, Deed.REVIEW_ACCESS, Deed.OVERSEE}),
    Role.ADMINISTRATOR: frozenset({Deed.WATCH_LOADS}),
}


_READING = frozenset({Deed.READ})


def break_glass_of(settings: Settings) -> BreakGlass:
    """What was broken in an installation; raises BadInput where a marking of the settings is none."""
    texts = (settings.break_glass_markings or "").split(",")
    try:
        return BreakGlass(settings.break_glass_file, [text for text in texts if text.strip()])
    except MarkingError as error:
        raise BadInput(f"POLEGRAPH_BREAK_GLASS_MARKINGS: {error}") from None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a request and why, as far as they are known by then; `known`: they have shown who they are.

    `before`: how many others, as unknown, were refused before them and are on no record of their own.
    """

    user: str
    role: Role | None = None
    purpose: Purpose | None = None
    known: bool = False
    before: int = 0


# Called with whoever is refused, and why.
Refusing = Callable[[Sender, PolegraphError], None]


def refuse_forbidden(viewer: Viewer, deed: Deed) -> None:
    """Nothing; raises Forbidden where the viewer's role may not do it."""
    if viewer.role is not None and deed not in ALLOWED[viewer.role]:
        raise Forbidden(f"the role {viewer.role} may not {deed}")


@dataclass(frozen=True, slots=True)
class Door:
    """Where requests come in: each is somebody's, or refused."""

    catalogue: Catalogue
    purposes: Purposes
    ways: SignIn
    rates: Rates
    strangers: Strangers
    glass: BreakGlass
    clock: Callable[[], int]

    @classmethod
    def of(cls, settings: Settings, catalogue: Catalogue, clock: Callable[[], int]) -> Door:
        """The door of these settings; raises BadInput where signing in is not configured."""
        # On loopback everybody is one user.
        known = settings.auth is not Auth.NONE
        rates = Rates(
            settings.rate_requests if known else None,
            settings.rate_objects if known else None,
        )
        glass = break_glass_of(settings)
        return cls(catalogue, Purposes.of(settings), sign_in(settings), rates, Strangers(), glass, clock)

    def enter(
        self, headers: Headers, deeds: Iterable[Deed], refusing: Refusing, objects: int = 0, *, reads: bool = False
    ) -> Viewer:
        """The viewer of a request who may do all of this. `refusing` is told of a refusal before it is raised.

        `objects`: how many its answer can hold; `reads`: it changes nothing and is answered once. Break-glass widens
        what somebody sees where they do nothing but read: no change keeps what it shows, and nothing outlives it.
        Raises Unauthenticated, RateLimited, Forbidden, PurposeRequired where one is required, and BadInput for a header
        that cannot be read.
        """
        identity = self.known(headers, refusing, objects)
        user = identity.user
        sender = Sender(user, identity.role, known=True)
        try:
            purpose = self.purposes.read(headers.get(PURPOSE_HEADER), PURPOSE_HEADER)
            sender = replace(sender, purpose=purpose)
            asked = frozenset(deeds)
            grants = identity.grants
            broken: tuple[str, ...] = ()
            if reads and asked <= _READING:
                grants, broken = self.glass.widened(user, grants, self.clock())
            viewer = self.catalogue.viewer(user, grants, purpose, identity.role)
            viewer = replace(viewer, broken=broken) if broken else viewer
            for deed in sorted(asked):
                refuse_forbidden(viewer, deed)
        except PolegraphError as error:
            refusing(sender, error)
            raise
        return viewer

    def known(self, headers: Headers, refusing: Refusing, objects: int = 0) -> Identity:
        """Who sent these headers, one request of theirs counted, as for `enter`, where nothing is to be seen yet.

        Raises Unauthenticated, RateLimited, and BadInput for a header that cannot be read.
        """
        sender = Sender(self.ways.nobody)
        try:
            identity = self.ways.identify(headers)
            sender = Sender(identity.user, identity.role, known=True)
            self.rates.take(identity.user, objects)
        except PolegraphError as error:
            if not (isinstance(error, RateLimited) and error.recorded):
                self.refuse(sender, refusing, error)
            raise
        return identity

    def refuse(self, sender: Sender, refusing: Refusing, error: PolegraphError) -> None:
        """Tell `refusing` of a refusal; of somebody unknown it is only counted where they are too many.

        Raises what `refusing` does.
        """
        before = 0 if sender.known else self.strangers.before()
        if before is None:
            return
        try:
            refusing(replace(sender, before=before), error)
        except PolegraphError:
            if not sender.known:
                self.strangers.unrecorded(before)
            raise

    def still(self, headers: Headers, viewer: Viewer, deeds: Iterable[Deed]) -> None:
        """Nothing, where whoever sent these headers is by now still this viewer, who may do all of this.

        Raises what refuses them else: their key was revoked, their token has ended, what it says is another thing.
        """
        identity = self.ways.identify(headers)
        if (identity.user, identity.grants, identity.role) != (viewer.user, viewer.grants, viewer.role):
            raise Unauthenticated("you hold other rights by now: sign in again")
        for deed in sorted(deeds):
            refuse_forbidden(viewer, deed)
