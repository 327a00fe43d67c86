"""E-mail addresses."""

import pytest

from standards.email import check_email, email_key


def test_the_domain_is_folded() -> None:
    assert check_email(" Jo.Smith+x@Example.CO.UK ").value == "Jo.Smith+x@example.co.uk"
    assert email_key("Jo@Example.org") == email_key("jo@example.ORG ")


@pytest.mark.parametrize(
    "text", ["", "jo", "jo@", "@example.org", "jo@localhost", "jo..s@example.org", "a b@example.org", "jo@-x.org"]
)
def test_what_is_no_address(text: str) -> None:
    assert not check_email(text).valid
    assert check_email(text).value == text
