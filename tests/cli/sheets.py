"""Two spreadsheets in a folder, and the command that somebody types there."""

import csv
import io
from pathlib import Path

NEWCOMERS = """\
id,languages,gender,wish,times,easting,northing,waiting_since,priority
N-1,ti:first; ar:well,woman,woman,weekday evenings,401300,298700,2026-01-19,
خالد,ar:first,man,,any,401000,298000,2025-12-01,
🦊,other:Bajuni:first,,,any,,,2025-01-01,2
"=1+1",ar:first,man,,any,401000,298000,2026-03-01,
"""
VOLUNTEERS = """\
id,languages,gender,times,easting,northing,reach_km,capacity
V-1,en:first; ar:everyday,woman,weekday evenings,401000,299000,5,1
V-2,ar:well,man,sat,402500,299500,8,1
"""


class Folder:
    """Files somebody has, and the command they type with them."""

    def __init__(self, place: Path, run):
        self.place, self._run = place, run
        self.put("N.csv", NEWCOMERS)
        self.put("V.csv", VOLUNTEERS)

    def put(self, name: str, text: str | bytes) -> None:
        content = text if isinstance(text, bytes) else text.encode()
        (self.place / name).write_bytes(content)

    def match(self, *words: str):
        paths = [self.place / each if "." in each else each for each in words]
        given = ["--newcomers", self.place / "N.csv"]
        given += ["--volunteers", self.place / "V.csv"]
        given += ["--out", self.place / "pairs.csv", "--today", "2026-03-02"]
        return self._run("buddies", "match", *given, *paths)

    def rows(self, name: str) -> list[dict[str, str]]:
        text = (self.place / name).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def names(self) -> set[str]:
        return {each.name for each in self.place.iterdir()}
