"""`welcome translate`: machine drafts for what has no text yet."""

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.jobs import queue
from welcome.packs import access
from welcome.translation import drafting
from welcome.translation.machine.engines import get_engine


@click.command()
@click.argument("pack")
@click.option("--to", "tags", required=True, help="Tags with commas between.")
@click.option(
    "--engine", required=True, help="Whose drafts: argos, libretranslate or pseudo."
)
@AS_JSON
def translate(pack: str, tags: str, engine: str, *, as_json: bool) -> None:
    """Have a worker draft what a PACK lacks in some locales; people read it then."""
    get_engine(engine, installation().settings)
    with installation().sessions.begin() as session:
        found = access.get_pack(session, pack)
        wanted = [tag.strip() for tag in tags.split(",")]
        for tag in wanted:
            drafting.refuse_not_offered(found, tag)
        jobs = {
            tag: queue.enqueue(
                session,
                "draft",
                unique_key=f"draft:{engine}:{pack}:{tag}",
                now=clock.now(),
                pack=pack,
                tag=tag,
                engine=engine,
            ).id
            for tag in wanted
        }
    told = (f"{tag}: a worker drafts it (job {job})." for tag, job in jobs.items())
    say({"jobs": jobs}, told, as_json=as_json)
