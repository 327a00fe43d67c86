"""E-mail addresses."""

import re

from standards.result import Checked, checked

# Source: RFC 5322 section 3.4.1 dot-atom; letters of any script in the local part, no quoted ones.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:xn--[a-z0-9-]{{2,59}}|[a-z]{{2,63}})")
_LONGEST, _LONGEST_LOCAL = 120, 64


def check_email(text: str) -> Checked:
    """Return the address with its domain in lower case (DS_054, at most 120 characters).

    The part before the ``@`` keeps its case, which the standard leaves to the receiving host; ``email_key`` folds it.
    """
    raw = text.strip()
    local, at, domain = raw.rpartition("@")
    domain = domain.lower()
    fits = len(raw) <= _LONGEST and len(local) <= _LONGEST_LOCAL
    ok = bool(at) and fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)
    return checked(text, f"{local}@{domain}" if ok else None, "DS_054")


def email_key(text: str) -> str:
    """Return the address wholly in lower case, by which two spellings of one mailbox meet."""
    return text.strip().lower()
