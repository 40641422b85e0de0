"""The Landlock rules on kernels of different ages."""

import os
import struct

import pytest

from em_grader.sandbox.jail import landlock


@pytest.mark.parametrize(
    ("abi", "rights", "size"),
    [(1, 13, 8), (2, 14, 8), (3, 15, 8), (4, 15, 16), (5, 16, 16), (6, 16, 24), (7, 16, 24)],
)
def test_on_an_older_kernel_landlock_closes_what_that_kernel_can(
    abi, rights, size, monkeypatch, tmp_path
):
    made, rules, ruleset = [], [], os.open(tmp_path, os.O_RDONLY)

    class Kernel:
        """Takes Landlock's calls as landlock_create_ruleset(2) and the like describe them."""

        def syscall(self, number, first, second, *others):
            if number == 444 and first is None:
                return abi
            if number == 444:
                made.append(struct.unpack(f"<{len(first) // 8}Q", first))
                assert second.value == len(first) == size
                return ruleset
            if number == 445:
                rules.append(struct.unpack("<Qi", others[0])[0])
            return 0

    monkeypatch.setattr(landlock, "libc", Kernel())
    monkeypatch.setattr(landlock, "forbid_new_privileges", lambda: None)
    file = tmp_path / "file"
    file.touch()
    readable = [str(tmp_path), str(tmp_path / "missing")]
    assert landlock.restrict(readable, [str(file)], [str(tmp_path)]) == abi
    assert made == [((1 << rights) - 1, 3, 3)[: size // 8]]
    truncate = 1 << 14 if rights > 14 else 0
    expected = [0b1100, 0b110 | truncate, 0b1000]
    assert rules == expected, "read a folder; read and write a file; list a folder"
