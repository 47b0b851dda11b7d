"""The arranging desk, put together from its pages."""

from welcome.web.arranging import (
    days,
    members,
    notices,
    organisations,
    requirements,
    retention,
    sharing,
    versions,
)
from welcome.web.arranging.desk import desk

__all__ = [
    "days", "desk", "members", "notices", "organisations", "requirements", "retention",
    "sharing", "versions",
]  # fmt: skip
