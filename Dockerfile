# A Linux system to grade in where there is none; docs/instructor.md, "macOS and Windows", has the
# commands.
FROM python:3.12.11-slim-bookworm

WORKDIR /course
RUN useradd --uid 1000 --create-home grader
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY em_helpers em_helpers
COPY em_authoring em_authoring
COPY em_grader em_grader
RUN python -m pip install --no-cache-dir -c constraints.txt -e ".[grader]"

USER 1000
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]
