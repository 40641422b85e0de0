"""The shipped data are the data that were collected: checksums, shapes, a known value each."""

import hashlib

import numpy as np
import pytest

from em_helpers import datasets
from em_helpers.datasets.tables import content

CHECKSUMS = {
    "faithful.csv": "4a57e8e34d42cdba371b564b543ba3831901f9c60a17e9a9a1bfab9593e09188",
    "galaxies.csv": "da63c22990539ae91c616efac4553ce63a07654a56058bbb274250b5fd8d9fd7",
    "penguins.csv": "f2d6493fc64ad958edbabd55eb0fc989af2c5a0458a2c79ccffe7985606feb60",
    "iris.csv": "b6b8efc86732bc48c9fbddba53e2c191fd4f263c0ee98e2b1b7d3543e8d2121d",
    "wine.csv": "db841a776bfe761a8ecd1e9b1629f1252a80a5ff493ba9be436c73976d85368d",
    "digits8x8.csv.gz": "da92648e19e5cc3fb28a8dc3a7990f05fa15a07966bde8b1b7ca4db5487712c2",
    "beat_the_blues.csv": "87bb6afd675033d341f8eb2c6c2e615771e1a42e22a71af08bc783edc0c95901",
    "nhanes25.csv": "8e6472eeca2b14098971034c1baccba8cd2a35d1ba521797faf6e9d91e833d22",
    "coins.csv": "3564c7718f8bfb15d9d6b3c326ffc2b277e4205f5bcd76122f639846a59f7b06",
    "linkage.csv": "99e8b35364116131e32fd6dd9625ee6a4a47e6966077bd17fec2c5d948b8e7f6",
    "hasselblad.csv": "7e917fdf5f10d3b5c4e44fec35dbcc2b7f78768f352a2aa10a27ac28592221c3",
    "murray1977.csv": "0394fa5e16d877e9824019ef87299fb7bc17defa6e56f4dbf1ddfa03d51aebf7",
    "cement.csv": "0248f6a22e87e9b4abd6517ebeeb1e79b7964cb6b9bd235a754a1bc42e190da6",
    "reuters_counts.csv.gz": "950382e384c86058649f7542384d9bbae829cb17ec42ba3da22625a2ebcf6489",
    "reuters_vocab.csv": "9a05ca425100cf4106cd67606992b5aad2a79a9638fa1efce9d54dc47e452a24",
    "acq_crude_counts.csv.gz": "60c196c04fff9227a285cf55a832bdededf48c735604d2540678acedcdb3b34c",
    "acq_crude_vocab.csv": "114c00f1bdd6ea9aef6d771cd7310f4771bdb61e2d6f7ad74dd705d2f7370dd4",
    "acq_crude_docs.csv": "a3352de54d7153d35e965bc85d49d729c0bb6ef87170c559d6b5d9da21ad26b6",
}

SHAPES = {
    "acquisitions_and_oil": [(70, 449), (449,), (70,)],
    "beat_the_blues": [(100, 5), (100,)],
    "cement": [(13, 5)],
    "coins": [(5, 2)],
    "death_notices": [(1096, 1)],
    "digits": [(1797, 64), (1797,)],
    "faithful": [(272, 2)],
    "galaxies": [(82, 1)],
    "iris": [(150, 4), (150,)],
    "linkage_counts": [(1, 4)],
    "murray": [(12, 2)],
    "nhanes": [(25, 4)],
    "penguins": [(344, 4), (344,)],
    "reuters": [(395, 2220), (2220,)],
    "wine": [(178, 13), (178,)],
}


@pytest.mark.parametrize("file", CHECKSUMS)
def test_checksums(file):
    assert hashlib.sha256(content(file)).hexdigest() == CHECKSUMS[file]


def test_every_loader_is_listed():
    assert set(datasets.__all__) == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_and_sources(name):
    loader = getattr(datasets, name)
    found = loader()
    arrays = found if isinstance(found, tuple) else (found,)
    assert [array.shape for array in arrays] == SHAPES[name]
    for word in ("Returns", "array, (", "Notes", "Source:"):
        assert word in loader.__doc__
    assert any(word in loader.__doc__ for word in ("published facts", "CC", "Counts are facts"))


def test_known_values():
    assert datasets.faithful()[0].tolist() == [3.6, 79.0]
    assert datasets.faithful().mean(axis=0) == pytest.approx([3.487783, 70.897059], abs=1e-6)
    assert datasets.coins().tolist() == [[5, 10], [9, 10], [8, 10], [4, 10], [7, 10]]
    assert datasets.galaxies()[77, 0] == 26690
    assert datasets.galaxies(corrected=True)[77, 0] == 26960
    assert (datasets.galaxies() != datasets.galaxies(corrected=True)).sum() == 1
    assert datasets.linkage_counts().tolist() == [[125, 18, 20, 34]]
    days = np.bincount(datasets.death_notices()[:, 0].astype(int))
    assert days.tolist() == [162, 267, 271, 185, 111, 61, 27, 8, 3, 1]
    x, species = datasets.penguins()
    assert np.isnan(x).all(axis=1).sum() == 2
    assert sorted(set(species)) == ["Adelie", "Chinstrap", "Gentoo"]
    x, species = datasets.iris()
    assert x[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    assert [int((species == s).sum()) for s in sorted(set(species))] == [50, 50, 50]
    x, cultivar = datasets.wine()
    assert x[0, [0, 12]].tolist() == [14.23, 1065.0]
    assert np.bincount(cultivar).tolist() == [0, 59, 71, 48]
    x, digit = datasets.digits()
    assert x.min() == 0
    assert x.max() == 16
    assert digit[:10].tolist() == list(range(10))


def test_known_gaps():
    scores, treatment = datasets.beat_the_blues()
    assert np.isnan(scores).sum(axis=0).tolist() == [0, 3, 27, 42, 48]
    assert (treatment == "TAU").sum() == 48
    whole, gaps = datasets.cement(), np.isnan(datasets.cement(missing=True))
    assert gaps.sum(axis=0).tolist() == [4, 4, 0, 7, 0]
    assert gaps[6:, 3].all()
    assert gaps[9:, :2].all()
    assert not np.isnan(whole).any()
    assert np.isnan(datasets.murray()).sum(axis=0).tolist() == [4, 4]
    assert np.isnan(datasets.nhanes()).any(axis=0).tolist() == [False, True, True, True]


def test_known_words():
    counts, vocabulary = datasets.reuters()
    assert np.count_nonzero(counts) == 50111
    assert vocabulary[:2].tolist() == ["church", "pope"]
    assert ((counts > 0).sum(axis=0) >= 8).all()
    counts, vocabulary, topic = datasets.acquisitions_and_oil()
    assert np.count_nonzero(counts) == 2570
    assert (topic == "acq").sum() == 50
    assert (topic == "crude").sum() == 20
    assert "oil" in vocabulary
