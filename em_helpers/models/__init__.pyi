from .bernoulli_mixture import BernoulliMixture as BernoulliMixture
from .binomial_mixture import BinomialMixture as BinomialMixture
from .constrained_gaussian_mixtures import (
    DiagonalGaussianMixture as DiagonalGaussianMixture,
    SphericalGaussianMixture as SphericalGaussianMixture,
    TiedGaussianMixture as TiedGaussianMixture,
)
from .coordinates import pack as pack, unpack as unpack
from .coupled_factors import (
    CoupledFactors as CoupledFactors,
    CoupledStatistics as CoupledStatistics,
)
from .errors import DegenerateComponent as DegenerateComponent, ImpossibleRow as ImpossibleRow
from .exponential_family_mixture import (
    ExponentialFamilyMixture as ExponentialFamilyMixture,
    MomentStatistics as MomentStatistics,
)
from .gaussian_mixture import GaussianMixture as GaussianMixture
from .gaussian_prior import GaussianPrior as GaussianPrior
from .gaussian_q import GaussianQ as GaussianQ
from .gaussian_statistics import GaussianStatistics as GaussianStatistics
from .linkage import Linkage as Linkage, LinkageStatistics as LinkageStatistics
from .log_space import log_sum_exp as log_sum_exp
from .mixture import Mixture as Mixture, MixtureStatistics as MixtureStatistics
from .model import (
    DiscreteModel as DiscreteModel,
    Model as Model,
    log_likelihood as log_likelihood,
    responsibilities as responsibilities,
)
from .multinomial_mixture import MultinomialMixture as MultinomialMixture
from .normal_with_missing import NormalWithMissing as NormalWithMissing
from .partly_labelled import PartlyLabelled as PartlyLabelled
from .poisson_mixture import PoissonMixture as PoissonMixture
from .probabilistic_pca import (
    FactorStatistics as FactorStatistics,
    ProbabilisticPCA as ProbabilisticPCA,
)
from .regression_mixture import (
    RegressionMixture as RegressionMixture,
    RegressionStatistics as RegressionStatistics,
)
from .statistics import CentredStatistics as CentredStatistics, Statistics as Statistics
