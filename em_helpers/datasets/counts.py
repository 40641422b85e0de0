"""Counts of events: coin tosses, deaths, animals and words."""

import numpy as np
from numpy.typing import NDArray

from em_helpers.datasets.tables import columns, word_counts, words


def coins() -> NDArray[np.float64]:
    """Load five sets of ten tosses, each made with one of two coins.

    Returns
    -------
    array, (5, 2)
        Heads and tosses of each set.

    Notes
    -----
    Source: Do and Batzoglou (2008), Nature Biotechnology 26, 897-899, figure 1: data made up
    for teaching. The coin is A in sets 2, 3 and 5 and B in sets 1 and 4. The numbers are
    published facts.
    """
    return columns("coins.csv", ["heads", "n"])


def death_notices() -> NDArray[np.float64]:
    """Load daily numbers of death notices of women aged 80 and over in The Times, 1910 to 1912.

    Returns
    -------
    array, (1096, 1)
        Notices on each of 1096 days, sorted; the order of the days is not known.

    Notes
    -----
    Source: Schilling (1947), Journal of the American Statistical Association 42, 407-424;
    Hasselblad (1969), the same journal 64, 1459-1471. The numbers are published facts.
    """
    table = columns("hasselblad.csv", ["deaths", "days"])
    return np.repeat(table[:, :1], table[:, 1].astype(int), axis=0)


def linkage_counts() -> NDArray[np.float64]:
    """Load the numbers of 197 animals in four classes of genetic linkage.

    Returns
    -------
    array, (1, 4)
        125, 18, 20 and 34 animals, in cells of probability ½ + θ/4, (1 − θ)/4, (1 − θ)/4 and θ/4.

    Notes
    -----
    Source: Rao (1965), Linear Statistical Inference and Its Applications, Wiley; Dempster, Laird
    and Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38. The numbers are
    published facts.
    """
    return columns("linkage.csv", ["count"]).T


def acquisitions_and_oil() -> tuple[NDArray[np.float64], NDArray[np.str_], NDArray[np.str_]]:
    """Load word counts of 70 news articles: 50 about acquisitions, 20 about crude oil.

    Returns
    -------
    counts : array, (70, 449)
        Words of three letters or more in at least 3 articles, without common function words.
    vocabulary : array of str, (449,)
    topic : array of str, (70,)
        acq or crude.

    Notes
    -----
    Source: the acq and crude samples of Reuters-21578 (Lewis, 1997) in r-cran-tm 0.7-11; Feinerer,
    Hornik and Meyer (2008), Journal of Statistical Software 25(5). Counts are facts; the articles,
    which are not included, belong to Reuters.
    """
    return (
        word_counts("acq_crude_counts.csv.gz", (70, 449)),
        words("acq_crude_vocab.csv", "label"),
        words("acq_crude_docs.csv", "topic"),
    )


def reuters() -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Load counts of 2220 words in 395 news articles on unknown topics.

    Returns
    -------
    counts : array, (395, 2220)
    vocabulary : array of str, (2220,)

    Notes
    -----
    Source: the sample in PyPI's lda 3.0.2 (MPL-2.0), words in at least 8 documents; Lewis, Yang,
    Rose and Li (2004), Journal of Machine Learning Research 5, 361-397. Counts are facts; the
    articles, which are not included, belong to Reuters.
    """
    return word_counts("reuters_counts.csv.gz", (395, 2220)), words("reuters_vocab.csv", "label")
