"""`welcome segments` and `welcome render` on files."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.segmentation.conftest import EVERYTHING
from welcome.cli import documents
from welcome.editions.markup import to_html_raw


def run(name: str, *arguments: object) -> Result:
    command = getattr(documents, name)
    return CliRunner().invoke(command, [str(each) for each in arguments])


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "page.md"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_segments_of_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, '+++\nid = "a"\n+++\n\n## Head\n\nText {{gp}}.\n')
    shown = run("segments", file)
    assert shown.exit_code == 0
    assert shown.output == "0 h2 h21\n    Head\n1 p p1\n    Text {{gp}}.\n"
    told = json.loads(run("segments", file, "--json").output)
    assert [(each["position"], each["kind"], each["text"]) for each in told] == [
        (0, "h2", "Head"),
        (1, "p", "Text {{gp}}."),
    ]


def test_a_problem_names_file_line_and_mending(tmp_path: Path) -> None:
    file = written(tmp_path, '+++\nid = "a"\n+++\n\n# Head\n\nText\n- item\n')
    for name in ("segments", "render"):
        refused = run(name, file)
        assert refused.exit_code == 1
        assert refused.stdout == ""
        assert refused.stderr.splitlines() == [
            f"{file}:5: The page title is the only level-1 heading."
            " Start this heading with ##.",
            f"{file}:8: Leave an empty line before a list,"
            " or it is read as part of the paragraph above.",
        ]


def test_raw_is_python_markdown_byte_for_byte(tmp_path: Path) -> None:
    file = written(tmp_path, EVERYTHING)
    assert run("render", file, "--raw").stdout_bytes == to_html_raw(EVERYTHING).encode()


def test_refused_links_are_listed_and_the_rest_is_shown(tmp_path: Path) -> None:
    file = written(tmp_path, "Text\n\n[a](javascript:x) [b](/c)\n")
    shown = run("render", file)
    assert shown.exit_code == 0
    assert f"{file}:3: The link “javascript:x” is refused." in shown.stderr
    assert "javascript" not in shown.stdout
    assert 'href="/c"' in shown.stdout


def test_the_locale_gives_the_direction(tmp_path: Path) -> None:
    file = written(tmp_path, "اتصل على NHS 111 الآن\n")
    assert (
        '<bdi dir="ltr">NHS 111</bdi>' in run("render", file, "--locale", "ar").stdout
    )
    assert "<bdi" not in run("render", file, "--locale", "en").stdout


def test_files_that_are_no_text(tmp_path: Path) -> None:
    refused = run("render", written(tmp_path, b"a\nb \xff\n"))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.endswith(
        "page.md:2: This is not UTF-8 text. Save the file as UTF-8.\n"
    )
    refused = run("segments", written(tmp_path, "+++\nid = 1\n"))
    assert refused.exit_code == 1
    assert "page.md:1: The settings at the top are not closed" in refused.stderr
    for raw in ((), ("--raw",)):
        refused = run("render", written(tmp_path, "ok\n\n" + "[" * 300), *raw)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "page.md:3: Here are 300 opening square brackets" in refused.stderr
