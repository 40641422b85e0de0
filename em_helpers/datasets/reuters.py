"""News articles as counts of words, topics unknown."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import StringArray, counts, words


def reuters() -> tuple[FloatArray, StringArray]:
    """395 news articles as counts of 2220 words.

    Returns
    -------
    counts : array, (395, 2220)
    vocabulary : array of str, (2220,)

    Notes
    -----
    Source: the sample in PyPI's lda 3.0.2 (MPL-2.0), words in at least 8 documents; Lewis, Yang,
    Rose and Li (2004), Journal of Machine Learning Research 5, 361-397. Counts are facts; the
    articles, which are not here, are Reuters'.
    """
    return counts("reuters_counts.csv.gz", (395, 2220)), words("reuters_vocab.csv", "label")
