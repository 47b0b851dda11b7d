"""The arranging desk, put together from its pages."""

from welcome.web.arranging import members, organisations, sharing
from welcome.web.arranging.desk import desk

__all__ = ["desk", "members", "organisations", "sharing"]
