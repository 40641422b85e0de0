"""What a person does in JupyterLab, by mouse and keyboard."""

READY = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.context?.isReady && panel.sessionContext?.isReady
    && panel.sessionContext.session?.kernel?.status === "idle" && panel.content.activeCell != null;
}"""
ALL_RAN = """() => {
  const panel = jupyterapp.shell.currentWidget;
  const cells = panel.content.widgets.filter(
    cell => cell.model.type === "code" && cell.model.sharedModel.source.trim());
  return cells.every(cell => cell.model.executionCount)
    && panel.sessionContext.session?.kernel?.status === "idle";
}"""
CHOOSE = """name => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const at = notebook.widgets.findIndex(
    cell => cell.model.getMetadata("nbgrader")?.grade_id === name);
  notebook.deselectAll();
  notebook.activeCellIndex = at;
  return notebook.scrollToItem(at, "center").then(() => at);
}"""
SOURCE = "at => jupyterapp.shell.currentWidget.content.widgets[at].model.sharedModel.source"
OUTPUT = """at => JSON.stringify(
  jupyterapp.shell.currentWidget.content.widgets[at].model.outputs.toJSON())"""


def enter(browser, desk):
    """Open somebody's JupyterLab in a window of its own.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    desk : Desk

    Returns
    -------
    playwright.sync_api.Page
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.on("request", lambda request: desk.asked.append(request.url))
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{desk.url}/lab?token={desk.name}")
    page.wait_for_function("() => window.jupyterapp?.restored")
    page.evaluate("() => jupyterapp.restored")
    return page


def menu(page, name, entry):
    """Choose from a menu of the menu bar."""
    page.get_by_role("menuitem", name=name, exact=True).click()
    page.locator(".lm-Menu-item").filter(has_text=entry).first.click()


def open_notebook(page, folder, name):
    """Open a notebook from the list of files."""
    page.locator(".jp-DirListing-item", has_text=folder).dblclick()
    page.locator(".jp-DirListing-item", has_text=name).dblclick()
    page.wait_for_function(READY)


def run_all(page):
    """Run > Run All Cells, to the end."""
    menu(page, "Run", "Run All Cells")
    page.wait_for_function(ALL_RAN)


def cell(page, name):
    """Go to the cell that nbgrader knows by a name; returns its place."""
    return page.evaluate(CHOOSE, name)


def answer(page, name, text):
    """Replace what a cell says, as one does by typing."""
    at = cell(page, name)
    page.locator(".jp-Cell.jp-mod-active .jp-Cell-inputArea").first.dblclick()
    page.locator(".jp-Cell.jp-mod-active .cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    assert page.evaluate(SOURCE, at) == text
    page.keyboard.press("Shift+Enter")


def validate(page):
    """Save, press Validate; returns what the dialog says, which stays open."""
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
    dialog = page.locator(".jp-Dialog-content")
    dialog.wait_for()
    return dialog.inner_text()


def dismiss(page):
    """Close a dialog."""
    page.locator(".jp-Dialog-footer button").last.click()
    page.locator(".jp-Dialog-content").wait_for(state="hidden")


def formgrader(page):
    """Open Formgrader without the list of files beside it; returns its frame."""
    menu(page, "Nbgrader", "Formgrader")
    page.keyboard.press("Control+b")
    return page.frame_locator("iframe[src*=formgrader]")


def press(frame, row, column):
    """Press one of Formgrader's buttons in a row; returns what it reports."""
    row.locator(f".{column} a").click()
    report = frame.locator(".modal:visible")
    report.wait_for()
    said = report.inner_text()
    report.get_by_role("button", name="OK").click()
    report.wait_for(state="hidden")
    return said
