"""Which slow tests go to one process when they are spread over several."""

import pytest

TOGETHER = ("test_demo", "test_road", "test_site", "test_guides", "test_archive", "test_report")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tests that share what is dear to set up stay together under ``--dist loadgroup``."""
    for item in items:
        module = item.path.stem
        if module == "test_attempts" and hasattr(item, "callspec"):
            module += item.callspec.id
        elif module not in TOGETHER:
            continue
        item.add_marker(pytest.mark.xdist_group(module))
