"""`welcome buddies verify`: prove once more that a run found the best pairs."""

import click

from welcome.buddies.proposing import runs
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.database import reading


@click.command()
@click.argument("run")
@AS_JSON
def verify(run: str, *, as_json: bool) -> None:
    """Check the proof of RUN without looking for pairs; exit code 1 where it fails."""
    with reading(), installation().sessions() as session:
        kept = runs.get_run(session, run)
        runs.verify_run(kept)
        found = {
            "run": kept.public_id,
            "made_at": kept.made_at.isoformat(),
            "fingerprint": kept.fingerprint,
            "matched": kept.result["matched"],
            "total_score": kept.result["total_score"],
        }
    told = [
        f"The proof of run {kept.public_id} stands: no other set of pairs is better.",
        f"{found['matched']} matched, {found['total_score']} points in all.",
    ]
    say(found, told, as_json=as_json)
