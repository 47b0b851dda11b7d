"""Settings: who wins, what is refused, and keys that are made once."""

import stat
from pathlib import Path

import pytest

from welcome import config
from welcome.config import (
    BadFile,
    BadSetting,
    MissingSecrets,
    NotPrepared,
    UnknownSetting,
)


def write(folder: Path, text: str) -> Path:
    (folder / "config.toml").write_text(text)
    return folder


def test_the_nearer_setting_wins(tmp_path):
    folder = write(tmp_path, 'site_url = "https://a.example"\nplace_name = "File"\n')
    environment = {"WELCOME_SITE_URL": "https://b.example"}
    found = config.load(folder, environment)
    assert (found.site_url, found.place_name) == ("https://b.example", "File")
    assert (
        config.load(folder, environment, site_url="https://c").site_url == "https://c"
    )


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ('sight_url = "x"\n', {}),
        ("", {"WELCOME_SIGHT_URL": "x"}),
        ("secrets = 1\n", {}),
        ('instance = "elsewhere"\n', {}),
    ],
)
def test_an_unknown_setting_refuses_to_start(tmp_path, text, environment):
    with pytest.raises(UnknownSetting):
        config.load(write(tmp_path, text), environment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_PORT", "many"),
        ("MAIL_PORT", "²"),
        ("MAIL_STARTTLS", "perhaps"),
        ("TIME_ZONE", "Europe/Nowhere"),
        ("TIME_ZONE", "../zone"),
        ("TIME_ZONE", ""),
        ("EDITIONS_FOLDER", "editions"),
        ("EDITIONS_STORE", "gs://bucket"),
        ("EDITIONS_STORE", "s3://"),
        ("EDITIONS_STORE", "s3://key:secret@bucket"),
        ("EDITIONS_STORE", "s3://bucket/../other"),
        ("EDITIONS_STORE", "s3://bucket//a"),
        ("EDITIONS_STORE_ADDRESS", "s3.example.org"),
        ("EDITIONS_STORE_ADDRESS", "https://key:secret@s3.example.org"),
        ("EDITIONS_STORE_ADDRESS", "https://s3.example.org/bucket"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(tmp_path, name, value):
    with pytest.raises(BadSetting):
        config.load(tmp_path, {f"WELCOME_{name}": value})


@pytest.mark.parametrize(
    ("text", "environment", "given"),
    [
        ("", {}, ()),
        ('second_step_required = ["administrator", "publisher"]', {}, 2),
        ("", {"WELCOME_SECOND_STEP_REQUIRED": "administrator, publisher"}, 2),
        ('second_step_required = ["writer"]', {"WELCOME_SECOND_STEP_REQUIRED": ""}, ()),
        ("second_step_required = []", {}, ()),
    ],
)
def test_a_list_is_read_from_a_file_or_with_commas(tmp_path, text, environment, given):
    found = config.load(write(tmp_path, text), environment).second_step_required
    assert found == (("administrator", "publisher") if given else ())


@pytest.mark.parametrize("value", ["3", "[3]", '{a = "b"}', "true", '[["a"]]'])
def test_a_list_of_something_else_is_refused(tmp_path, value):
    with pytest.raises(BadSetting):
        config.load(write(tmp_path, f"second_step_required = {value}"), {})


def test_keys_are_made_once_and_only_for_their_owner(tmp_path):
    made = config.make_secrets(tmp_path, database_exists=False)
    assert config.make_secrets(tmp_path, database_exists=True) == made
    assert config.load(tmp_path, {}).keys == made
    mode = stat.S_IMODE((tmp_path / "secrets.toml").stat().st_mode)
    assert mode == 0o600


def test_keys_are_never_made_again_over_existing_data(tmp_path):
    with pytest.raises(MissingSecrets):
        config.make_secrets(tmp_path, database_exists=True)
    assert not (tmp_path / "secrets.toml").exists()


def test_where_nothing_was_set_up_it_says_so(tmp_path):
    with pytest.raises(NotPrepared) as raised:
        _ = config.load(tmp_path, {}).keys
    assert raised.value.params == {"folder": str(tmp_path)}


def test_keys_do_not_show_themselves(tmp_path):
    made = config.make_secrets(tmp_path, database_exists=False)
    assert made.session not in repr(made)
    assert made.session not in repr(config.load(tmp_path, {}))


def test_settings_and_keys_come_from_the_folder_that_was_named(tmp_path):
    ours, other = tmp_path / "ours", tmp_path / "other"
    made = [config.make_secrets(each, database_exists=False) for each in (ours, other)]
    write(ours, 'place_name = "Ours"\n')
    found = config.load(ours, {"WELCOME_INSTANCE": str(other)})
    assert (found.instance, found.place_name) == (ours, "Ours")
    assert found.keys == made[0]
    assert config.load(None, {"WELCOME_INSTANCE": str(other)}).keys == made[1]


@pytest.mark.parametrize("name", ["config.toml", "secrets.toml"])
def test_a_file_that_cannot_be_read_is_named_with_the_line(tmp_path, name):
    (tmp_path / name).write_text('session = "a"\npassword_salt = \n')
    with pytest.raises(BadFile) as raised:
        config.load(tmp_path, {})
    assert raised.value.params["file"] == str(tmp_path / name)
    assert "line 2" in raised.value.params["detail"]


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadFile):
        config.load(tmp_path, {})


def test_a_file_of_keys_holds_these_keys_and_no_other(tmp_path):
    config.make_secrets(tmp_path, database_exists=False)
    file = tmp_path / "secrets.toml"
    whole = file.read_text()
    file.write_text(f'{whole}extra = "x"\n')
    with pytest.raises(UnknownSetting):
        config.load(tmp_path, {})
    file.write_text(whole.splitlines()[0])
    with pytest.raises(BadSetting):
        config.load(tmp_path, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site_url", "welcome.example.org"),
        ("mail_port", "70000"),
        ("mail_port", "0"),
        ("libretranslate_address", "127.0.0.1:5000"),
        ("libretranslate_address", "file:///etc/passwd"),
        ("libretranslate_address", "http://"),
        ("libretranslate_address", "http://127.0.0.1:99999"),
        ("libretranslate_address", "http://127.0.0.1:0"),
        ("libretranslate_address", "http://[::1"),
        ("libretranslate_address", "http://sam:key@127.0.0.1:5000"),
        ("libretranslate_address", "http://127.0.0.1:5000/?api_key=x"),
        ("libretranslate_address", "http://127.0.0.1:5000/#x"),
        ("libretranslate_address", "http://127.0.0.1:5000/a b"),
        ("libretranslate_address", "http://übersetzen.example"),
    ],
)
def test_what_nothing_could_work_with_is_refused(tmp_path, name, value):
    with pytest.raises(BadSetting) as refused:
        config.load(tmp_path, {}, **{name: value})
    assert refused.value.params["name"] == name


@pytest.mark.parametrize(
    "address",
    ["", "http://127.0.0.1:5000", "https://mt.example/lt/", "http://[::1]:5000"],
)
def test_a_translation_server_may_be_named(tmp_path, address):
    settings = config.load(tmp_path, {}, libretranslate_address=address)
    assert settings.libretranslate_address == address


def test_editions_lie_in_the_instance_or_where_machines_share_a_folder(tmp_path):
    assert config.load(tmp_path, {}).editions == tmp_path / "editions"
    shared = {"WELCOME_EDITIONS_FOLDER": "/srv/editions"}
    assert config.load(tmp_path, shared).editions == Path("/srv/editions")


@pytest.mark.parametrize("name", ["s3://bucket", "s3://a.b-c/d/e.f_g/"])
def test_a_store_may_be_a_bucket_or_a_part_of_one(tmp_path, name):
    environment = {
        "WELCOME_EDITIONS_STORE": name,
        "WELCOME_EDITIONS_STORE_ADDRESS": "http://127.0.0.1:9000",
    }
    assert config.load(tmp_path, environment).editions_store == name
