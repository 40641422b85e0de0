"""Every public name says what it takes and gives, and its examples run."""

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path

import pytest

import em_helpers
from em_helpers import approximate, checks, datasets, models, plots

ROOMS = {"em_helpers": em_helpers, "models": models, "approximate": approximate,
         "datasets": datasets}  # fmt: skip
NAMES = sorted(
    {f"{value.__module__}.{name}": value for room in ROOMS.values() for name in room.__all__
     if (value := getattr(room, name))}.items()
)  # fmt: skip

MATHEMATICS = [
    module.name
    for room in (models, approximate, datasets)
    for module in pkgutil.iter_modules(room.__path__, room.__name__ + ".")
] + [f"em_helpers.{name}" for name in
     ("arguments", "batches", "bounds", "em", "information", "initialization",
      "fit_result")]  # fmt: skip


def callables():
    """Each public function, and each public method of each public class, with its documentation.

    A method that overrides another says what differs; the method that it overrides says the rest.
    """
    for path, value in NAMES:
        if inspect.isfunction(value):
            yield path, value, value.__doc__
        for name, method in vars(value).items() if inspect.isclass(value) else ():
            method = getattr(method, "__func__", method)
            if not name.startswith("_") and inspect.isfunction(method):
                overridden = [vars(base)[name] for base in value.__mro__ if name in vars(base)]
                texts = [getattr(each, "__func__", each).__doc__ for each in overridden]
                assert all(texts), f"{path}.{name}"
                yield f"{path}.{name}", method, "\n".join(texts)


@pytest.mark.parametrize(("path", "value"), NAMES)
def test_says_what_it_is(path, value):
    assert value.__doc__, path
    assert len(value.__doc__.splitlines()[0]) > 10
    if inspect.isclass(value) and not issubclass(value, Exception):
        takes = list(inspect.signature(value).parameters)
        described = re.search(r"(Parameters|Attributes)\n +-+\n", value.__doc__)
        assert described or not takes, f"{path} does not describe {takes}"
    if inspect.isclass(value) and issubclass(value, models.Model) and is_dataclass(value):
        assert "Notes\n" in value.__doc__, "a model names its source"
        assert re.search(r"\((18|19|20)\d\d\)|, (19|20)\d\d", value.__doc__)


def needs_description(annotation):
    """An annotation such as ``int`` or ``Statistics`` may say it all; an array has a shape."""
    return annotation is inspect.Parameter.empty or "Array" in str(annotation)


@pytest.mark.parametrize(("path", "function", "text"), list(callables()))
def test_says_what_it_takes_and_gives(path, function, text):
    assert text, path
    takes = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in ("self", "cls") and needs_description(parameter.annotation)
    ]
    if takes:
        assert "Parameters\n" in text, path
        listed = text.split("Parameters\n")[1]
        for name in takes:
            assert re.search(rf"\b{name}\b", listed), f"{path} does not describe {name}"
    source = inspect.getsource(function)
    gives = needs_description(inspect.signature(function).return_annotation)
    if gives and re.search(r"^\s+(return|yield) \S", source, re.MULTILINE):
        assert "Returns\n" in text or not takes, path
    if re.search(r"^\s+raise ", source, re.MULTILINE):
        assert "Raises\n" in text, path
    arrays = re.findall(r"^ +\w[\w, ]* : array\S*( |,)", text, re.MULTILINE)
    shapes = re.findall(r"array\w*(?: of \w+)?, \(", text)
    assert not arrays or shapes, f"{path} gives no shape"


@pytest.mark.parametrize("module", MATHEMATICS)
def test_examples_run(module):
    failed, _ = doctest.testmod(importlib.import_module(module))
    assert failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    count = sum(
        len(test.examples)
        for module in MATHEMATICS
        for test in finder.find(importlib.import_module(module))
    )
    assert count > 10


@pytest.mark.parametrize("package", [em_helpers, models, approximate, checks, plots, datasets])
def test_public_names_exist_and_are_listed(package):
    assert set(package.__all__) <= set(dir(package))
    assert all(hasattr(package, name) for name in package.__all__)
    if package not in (checks, datasets):
        stub = Path(package.__file__).with_suffix(".pyi").read_text("utf-8")
        assert set(re.findall(r"as (\w+)", stub)) == set(package.__all__)


@pytest.mark.parametrize("package", ["em_helpers", "em_helpers.models", "em_helpers.plots"])
def test_packages_import_nothing_heavy_before_a_name_is_used(package):
    code = f"import sys, {package}; print([m for m in ('numpy', 'matplotlib') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
