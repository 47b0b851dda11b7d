"""What belongs in the folders of built files, and whether it is there and unchanged."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from welcome.locales import get


@dataclass(frozen=True)
class Shelf:
    """A git-ignored folder of built files beside its committed manifest."""

    folder: Path
    manifest: Path

    def listed(self) -> dict[str, str]:
        """Read the manifest: the digest of every file by its path in the folder."""
        lines = self.manifest.read_text(encoding="utf-8").splitlines()
        return {
            name: digest for digest, name in (line.split(None, 1) for line in lines)
        }

    def pin(self, found: Mapping[str, str]) -> None:
        """Write the manifest anew, in the form `sha256sum --check` reads."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(found.items())]
        self.manifest.write_text("".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class Checkout:
    """Where things are in a source tree."""

    root: Path

    @property
    def vendor(self) -> Shelf:
        """The files that pages link to."""
        static = self.root / "welcome/web/static"
        return Shelf(static / "vendor", static / "vendor.sha256")

    @property
    def fonts(self) -> Shelf:
        """The faces that print is set in."""
        room = self.root / "welcome/editions/print"
        return Shelf(room / "fonts", room / "fonts.sha256")

    @property
    def styles(self) -> Path:
        """The build script of the web files."""
        return self.root / "welcome/web/styles"

    @property
    def modules(self) -> Path:
        """Where fetched packages stay for the tests."""
        return self.root / "node_modules"

    def published_tags(self) -> set[str]:
        """List the locales that the packs in `content/` appear in, and English."""
        packs = self.root.glob("content/*/pack.toml")
        read = [tomllib.loads(pack.read_text(encoding="utf-8")) for pack in packs]
        return {"en", *(tag for pack in read for tag in pack.get("locales", []))}


def font_package(family: str) -> str:
    """Name the npm package that carries a family."""
    return f"@expo-google-fonts/{family.lower().replace(' ', '-')}"


def font_names(family: str) -> tuple[str, str, str]:
    """Name a family's regular, bold and licence in the print folder."""
    stem = family.replace(" ", "")
    return f"{stem}-Regular.ttf", f"{stem}-Bold.ttf", f"licences/{stem}.txt"


def print_files(families: Iterable[str]) -> set[str]:
    """Name the files that print needs for these families."""
    return {"fonts.conf", *(name for family in families for name in font_names(family))}


def families_for(tags: Iterable[str]) -> list[str]:
    """List the families that print needs for these locales, raising UnknownLocale."""
    return sorted({family for tag in tags for family in get(tag).fonts})


def digests(folder: Path) -> dict[str, str]:
    """Take the SHA-256 of every file in a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def digest(path: Path) -> str:
    """Take the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults(
    found: Mapping[str, str], listed: Mapping[str, str], wanted: Iterable[str]
) -> list[str]:
    """Say which files are missing, changed or unknown to the manifest."""
    missing = [f"missing: {name}" for name in sorted(set(wanted) - set(found))]
    changed = [
        f"changed: {name}"
        for name in sorted(set(found) & set(listed))
        if found[name] != listed[name]
    ]
    unknown = [
        f"not in the manifest: {name}" for name in sorted(set(found) - set(listed))
    ]
    return missing + changed + unknown


def faults_of(checkout: Checkout, families: Iterable[str]) -> list[str]:
    """Compare what is on disk with the manifests, for these families."""
    shelves = (
        (checkout.vendor, set(checkout.vendor.listed())),
        (checkout.fonts, print_files(families)),
    )
    return [
        f"{shelf.folder.name}: {fault}"
        for shelf, wanted in shelves
        for fault in faults(digests(shelf.folder), shelf.listed(), wanted)
    ]
