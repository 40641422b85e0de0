"""Sanitize what students write and what their code shows: Markdown, LaTeX, HTML and outputs."""
