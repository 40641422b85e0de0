"""``python -m tests.benchmarks``: how fast EM is here, beside scikit-learn, in one run."""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is imported: one thread for everybody
