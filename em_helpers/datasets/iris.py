"""Anderson's irises."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import StringArray, columns, words


def iris() -> tuple[FloatArray, StringArray]:
    """Flowers of three species of iris, 50 of each.

    Returns
    -------
    x : array, (150, 4)
        Sepal length and width, petal length and width, in cm.
    species : array of str, (150,)
        setosa, versicolor or virginica.

    Notes
    -----
    Source: R's ``datasets::iris``; Fisher (1936), Annals of Eugenics 7, 179-188; Anderson (1935),
    Bulletin of the American Iris Society 59, 2-5. The copy at UCI differs in two rows. The numbers
    are published facts.
    """
    names = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
    return columns("iris.csv", names), words("iris.csv", "species")
