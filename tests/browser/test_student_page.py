from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

NOTEBOOK = "ch04_first_network/ch04_first_network.ipynb"
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
WRONG = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))"
BROKEN = "def sigmoid(z):\n    total = 1 + np.exp(-z)\n    return 1 / totla"
RIGHT = """def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + small), small / (1 + small))"""
PATIENCE = 60_000  # milliseconds, for a machine that does other things as well
READABLE = 4.5  # contrast that WCAG 2 (AA) asks for
CONTRAST = """panel => {
    const numbers = color => color.match(/[\\d.]+/g).map(Number);
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const color = numbers(getComputedStyle(at).backgroundColor);
            if (color.length === 3 || color[3] === 1) return color;
        }
        return [255, 255, 255];
    };
    const light = color => {
        const [r, g, b] = color.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = element => {
        const back = behind(element);
        const [r, g, b, alpha = 1] = numbers(getComputedStyle(element).color);
        const front = [r, g, b].map((c, i) => c * alpha + back[i] * (1 - alpha));
        const [low, high] = [light(front), light(back)].sort((x, y) => x - y);
        return (high + 0.05) / (low + 0.05);
    };
    const texts = [...panel.querySelectorAll("*")].filter(e => !e.closest("[aria-hidden]"));
    return Math.min(...texts.map(contrast));
}"""


class Page:
    """The notebook as a student uses it."""

    def __init__(self, page):
        self._page = page

    def cell(self, text):
        """The first code cell that shows this text. Cells are known by what stays in them."""
        return self._page.locator(".jp-CodeCell").filter(has_text=text).first

    def run(self, cell):
        """Run a cell with Control and Enter."""
        cell.locator(".jp-InputPrompt").click()
        self._page.keyboard.press("Control+Enter")

    def write(self, cell, code):
        """Replace a cell's code as if typed, and run it."""
        cell.locator(".cm-content").click()
        self._page.keyboard.press("ControlOrMeta+A")
        self._page.keyboard.insert_text(code)
        self._page.keyboard.press("Control+Enter")

    def theme(self, name):
        """Choose a theme."""
        command = "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})"
        self._page.evaluate(command, f"JupyterLab {name}")
        self._page.locator(f"body[data-jp-theme-name='JupyterLab {name}']").wait_for(state="attached")

    def picture(self, name):
        """Keep what the window shows."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self._page.mouse.move(0, 0)
        self._page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture(scope="module")
def notebook(browser, lab):
    """The chapter's notebook, open, with a kernel that waits for work."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(lab(NOTEBOOK))
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    yield Page(page)
    context.close()


@pytest.fixture
def page(notebook, request):
    """The notebook in light colours, its first cell run."""
    notebook.theme("Light")
    notebook.run(notebook.cell("start("))
    notebook.cell("start(").get_by_text("exercises worth").wait_for()
    yield notebook
    notebook.picture(f"{request.node.name}_at_the_end")  # where the test failed, this shows why


def test_student_writes_sigmoid(page):
    """A stub waits, a wrong sigmoid shows what is wrong and a hint, a right one turns the panel green."""
    stub, check = page.cell("def sigmoid(z)"), page.cell('check("sigmoid")')
    panel = check.locator(".course-panel")
    page.run(stub)
    page.run(check)
    panel.get_by_text("sigmoid is not written yet").wait_for()

    page.write(stub, WRONG)
    page.run(check)
    panel.get_by_text("1 of 3 checks hold").wait_for()
    hint = panel.get_by_text("look at the sign in the exponent")
    assert not hint.is_visible()
    panel.get_by_text("Hint", exact=True).first.click()
    hint.wait_for()
    assert panel.evaluate(CONTRAST) >= READABLE
    page.picture("wrong_light")

    page.theme("Dark")
    assert panel.evaluate(CONTRAST) >= READABLE
    page.picture("wrong_dark")

    page.write(stub, RIGHT)
    page.run(check)
    panel.get_by_text("all 3 checks hold").wait_for()
    assert check.locator(".course-panel--holds").count() == 1


def test_student_meets_an_error(page):
    """A typing mistake shows its exception and the student's own line, and no traceback of ours."""
    check = page.cell('check("sigmoid")')
    panel = check.locator(".course-panel")
    page.write(page.cell("def sigmoid(z)"), BROKEN)
    page.run(check)
    panel.get_by_text("NameError").wait_for()

    said = panel.inner_text()

    assert "NameError: name 'totla' is not defined" in said
    assert "Line 3 of the cell of sigmoid: return 1 / totla" in said
    assert "course_lib" not in check.locator(".jp-OutputArea").inner_text()


def test_student_looks_at_what_is_done(page):
    """A picture whose function is missing says when it will come, and progress() names what is next."""
    demo, closing = page.cell('with demo("relu")'), page.cell("progress()")
    page.run(page.cell("def relu(z)"))
    page.run(demo)
    demo.get_by_text("This picture appears once relu works.").wait_for()

    page.run(closing)
    panel = closing.locator(".course-panel")
    panel.get_by_text("Next:").wait_for()

    assert panel.locator("tbody tr").count() > 10
    assert panel.evaluate(CONTRAST) >= READABLE
