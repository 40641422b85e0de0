# A Linux to grade in where there is none: "macOS and Windows" in docs/instructor.md says how.
FROM python:3.12.11-slim-bookworm

WORKDIR /course
COPY pyproject.toml README.md LICENSE ./
COPY em_helpers em_helpers
# hadolint ignore=DL3013
RUN python -m pip install --no-cache-dir -e ".[grader]" && useradd --uid 1000 --create-home grader

USER 1000
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]
