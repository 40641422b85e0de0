"""A scratch folder on the machine's own disk: all it holds is counted, and it can be removed."""

import os
from pathlib import Path

import pytest

from em_grader.sandbox.jail.scratch_folder import (
    MAX_DEPTH,
    remove_scratch_folder as remove,
    scratch_bytes_used as bytes_used,
)

NOBODY = 1 << 30
"""No process has this number."""


def write(path, size):
    with path.open("wb") as file:
        file.write(os.urandom(size))
        file.flush()
        os.fsync(file.fileno())


def nest(folder, depth, name="a"):
    """Folders in folders, made one by one, with a large file at the end."""
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(depth):
            os.mkdir(name)
            os.chdir(name)
        write(Path("large"), 100_000)
    finally:
        os.chdir(here)


def test_files_count_by_their_blocks_and_small_ones_and_folders_at_least_4096(tmp_path):
    (tmp_path / "one" / "two").mkdir(parents=True)
    write(tmp_path / "one" / "two" / "large", 300_000)
    write(tmp_path / "one" / "small", 3)
    (tmp_path / "empty").touch()
    found = bytes_used(str(tmp_path), NOBODY, 1 << 30)
    assert 300_000 + 4 * 4096 <= found < 400_000


def test_counting_stops_where_it_is_enough(tmp_path):
    for place in range(20):
        write(tmp_path / f"{place}", 5000)
    assert bytes_used(str(tmp_path), NOBODY, 50_000) == 50_001


def test_what_a_link_points_to_is_not_counted(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    write(outside / "large", 300_000)
    (inside / "folder").symlink_to(outside)
    (inside / "file").symlink_to(outside / "large")
    assert bytes_used(str(inside), NOBODY, 1 << 30) == 2 * 4096


def test_a_file_without_a_name_counts_for_the_process_that_holds_it(tmp_path):
    place = tmp_path / "nameless"
    before = bytes_used(str(tmp_path), os.getpid(), 1 << 30)
    with place.open("w+b") as file:
        file.write(os.urandom(500_000))
        file.flush()
        os.fsync(file.fileno())
        place.unlink()
        assert bytes_used(str(tmp_path), os.getpid(), 1 << 30) >= before + 500_000
        assert bytes_used(str(tmp_path), NOBODY, 1 << 30) == 0
    assert bytes_used(str(tmp_path), os.getpid(), 1 << 30) == before


@pytest.mark.parametrize(
    ("depth", "name"),
    [(MAX_DEPTH + 2, "a"), (22, "a" * 200)],
    ids=["deep", "a path longer than the system takes"],
)
def test_a_nest_too_deep_to_look_into_is_too_much(depth, name, tmp_path):
    nest(tmp_path, depth, name)
    assert bytes_used(str(tmp_path), NOBODY, 1 << 30) == (1 << 30) + 1
    remove(str(tmp_path))
    assert not tmp_path.exists()


def test_a_folder_that_is_being_removed_is_no_matter(tmp_path, monkeypatch):
    write(tmp_path / "kept", 5000)
    (tmp_path / "gone").mkdir()
    listed = os.scandir

    def removed_just_now(path):
        if path == str(tmp_path / "gone"):
            os.rmdir(path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", removed_just_now)
    assert bytes_used(str(tmp_path), NOBODY, 1 << 30) == 8192 + 4096


@pytest.mark.parametrize(("depth", "name"), [(3, "b"), (60, "a" * 200)])
def test_any_folder_is_removed_and_nothing_that_its_links_point_to(depth, name, tmp_path):
    folder, kept = tmp_path / "student-7", tmp_path / "kept"
    folder.mkdir()
    kept.mkdir()
    write(kept / "file", 10)
    nest(folder, depth, name)
    (folder / "link").symlink_to(kept)
    closed = folder / "closed"
    closed.mkdir()
    write(closed / "file", 10)
    closed.chmod(0)
    remove(str(folder))
    assert sorted(os.listdir(tmp_path)) == ["kept"]
    assert os.listdir(kept) == ["file"]
