"""The arranging desk, put together from its pages."""

from welcome.web.arranging import members, notices, organisations, sharing, versions
from welcome.web.arranging.desk import desk

__all__ = ["desk", "members", "notices", "organisations", "sharing", "versions"]
