"""LaTeX that acts in a browser, in outputs and in Markdown alike."""

import pytest

from em_grader.sanitizer.markdown import sanitize_markdown
from em_grader.sanitizer.outputs import disable_active_commands, is_inert_latex, sanitize_outputs

ACTIVE = [
    "href", "url", "class", "cssId", "style", "require", "html", "htmlStyle", "data", "unicode",
    "mmlToken", "bbox", "includegraphics", "csname",
]  # fmt: skip


@pytest.mark.parametrize("command", ACTIVE)
def test_a_command_that_acts_is_one_in_markdown_and_in_outputs(command):
    formula = f"$\\{command}{{a}}{{b}}$"
    assert not is_inert_latex(formula)
    assert (
        sanitize_markdown(formula) == disable_active_commands(formula) == f"${command}{{a}}{{b}}$"
    )
    data = {"text/latex": formula, "text/plain": "plain"}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    assert sanitize_outputs([output])[0]["data"] == {"text/plain": "plain"}


@pytest.mark.parametrize("formula", [r"$\frac{1}{2} \le \log x$", r"\begin{align} a \end{align}"])
def test_ordinary_formulas_stay(formula):
    assert is_inert_latex(formula)
    assert disable_active_commands(formula) == formula
