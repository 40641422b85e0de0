from .batches import FileBatch as FileBatch, file_batches as file_batches
from .bounds import elbo as elbo, entropy as entropy, kl_to_posterior as kl_to_posterior
from .em import fit as fit
from .fit_result import Fit as Fit
from .information import (
    bic as bic,
    convergence_rate as convergence_rate,
    observed_information as observed_information,
    rate_matrix as rate_matrix,
    standard_errors as standard_errors,
)
from .initialization import (
    Restarts as Restarts,
    best_of as best_of,
    gaussian_start as gaussian_start,
    kmeans_plus_plus as kmeans_plus_plus,
    random_responsibilities as random_responsibilities,
)
from .models import (
    BernoulliMixture as BernoulliMixture,
    BinomialMixture as BinomialMixture,
    CoupledFactors as CoupledFactors,
    DegenerateComponent as DegenerateComponent,
    DiagonalGaussianMixture as DiagonalGaussianMixture,
    GaussianMixture as GaussianMixture,
    GaussianPrior as GaussianPrior,
    GaussianQ as GaussianQ,
    GaussianStatistics as GaussianStatistics,
    Linkage as Linkage,
    MultinomialMixture as MultinomialMixture,
    NormalWithMissing as NormalWithMissing,
    PartlyLabelled as PartlyLabelled,
    PoissonMixture as PoissonMixture,
    ProbabilisticPCA as ProbabilisticPCA,
    RegressionMixture as RegressionMixture,
    SphericalGaussianMixture as SphericalGaussianMixture,
    TiedGaussianMixture as TiedGaussianMixture,
    log_likelihood as log_likelihood,
    log_sum_exp as log_sum_exp,
    responsibilities as responsibilities,
)
