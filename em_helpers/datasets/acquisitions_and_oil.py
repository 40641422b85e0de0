"""News articles as counts of words, topics known."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import StringArray, counts, words


def acquisitions_and_oil() -> tuple[FloatArray, StringArray, StringArray]:
    """70 news articles: 50 about acquisitions, 20 about crude oil.

    Returns
    -------
    counts : array, (70, 449)
        Words of three letters or more in at least 3 articles, common function words left out.
    vocabulary : array of str, (449,)
    topic : array of str, (70,)
        acq or crude.

    Notes
    -----
    Source: the acq and crude samples of Reuters-21578 (Lewis, 1997) in r-cran-tm 0.7-11; Feinerer,
    Hornik and Meyer (2008), Journal of Statistical Software 25(5). Counts are facts; the articles,
    which are not here, are Reuters'.
    """
    return (
        counts("acq_crude_counts.csv.gz", (70, 449)),
        words("acq_crude_vocab.csv", "label"),
        words("acq_crude_docs.csv", "topic"),
    )
