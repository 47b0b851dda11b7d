"""`welcome areas import`: whole files or nothing, unless one says otherwise."""

import json

from sqlmodel import select

from tests.buddies.people.test_areas import ROWS, pack
from welcome.buddies.models.people import Area
from welcome.cli.installation import installation


def count():
    with installation().sessions() as session:
        return len(session.exec(select(Area)).all())


def test_areas_are_taken_in_whole_or_not_at_all(ready, run, tmp_path):
    file = pack(tmp_path, {"Data/CSV/ws.csv": ROWS + "WS1 3AB,10,x,y\n"})
    names = tmp_path / "n.csv"
    names.write_text("Caldmore,401500,297500\n", "utf-8")
    code, _said, complained = run("areas", "import", file)
    assert code == 1
    assert "Data/CSV/ws.csv:6" in complained
    assert count() == 0

    code, said, _ = run(
        "areas", "import", file, "--neighbourhoods", names, "--skip-bad-rows", "--json"
    )
    told = json.loads(said)
    assert code == 0
    assert (told["added"], told["bad_rows"], told["postcodes_without_point"]) == (
        4,
        1,
        1,
    )
    assert count() == 4
