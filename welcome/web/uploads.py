"""Files that come with a form: closed, and so deleted, when the answer is out."""

from functools import cached_property
from typing import IO

from flask import Request
from typing_extensions import override


class OwnRequest(Request):
    """A request that closes its files also where its form was refused half read."""

    @cached_property
    def uploads(self) -> list[IO[bytes]]:
        """The files that were begun, in order."""
        return []

    @override
    def close(self) -> None:
        """Close every file that was begun; Flask asks for it when the answer is out."""
        for stream in self.uploads:
            stream.close()
        super().close()

    @override
    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        stream = super()._get_file_stream(
            total_content_length, content_type, filename, content_length
        )
        self.uploads.append(stream)
        return stream
