"""The loopback server keeps the contract; the real one is asked in tests/optional."""

from tests.translation.machine.libretranslate.contract import Contract


class TestLoopback(Contract):
    pass
