"""The desk as a journalist handles it: signing in, and the parts of the story form."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

ADD = "/admin/articles/story/add/"


def sign_in(page: Page, user: Any) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", user.get_username())
    page.fill("#id_password", "test-password")
    page.click("#login-form [type=submit]")
    page.wait_for_url("**/admin/")


class Desk:
    """One story form in one window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, story: Any = None) -> Desk:
        """The form of `story`, or of a new one; returns when every editor can be typed into."""
        self.page.goto(f"/admin/articles/story/{story.pk}/change/" if story else ADD)
        self.wait_for_editors()
        return self

    def wait_for_editors(self) -> None:
        self.page.wait_for_function(
            """() => !window.CKEDITOR || (CKEDITOR.status === "loaded"
                && [...document.querySelectorAll("textarea[data-type=ckeditortype]")].every((field) =>
                  field.closest(".empty-form")
                  || Object.values(CKEDITOR.instances).some((editor) =>
                       editor.element.$ === field && editor.status === "ready" && editor.editable())))"""
        )

    # -- buttons ------------------------------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Press a button of the status bar and wait for the form that comes back."""
        self.page.evaluate("() => { window.isTheOldPage = true; }")
        self.button(name).click()
        self.page.wait_for_function("() => !window.isTheOldPage && document.readyState === 'complete'")
        self.wait_for_editors()

    def save(self) -> None:
        self.press("_continue")
        expect(self.page.locator(".messagelist .success")).to_have_count(1)

    def button(self, name: str) -> Locator:
        return self.page.locator(f".status-bar button[name={name}]")

    def open_panel(self, name: str) -> None:
        """The panel that holds the button or field `name`."""
        self.page.locator(".status-panel").filter(has=self.page.locator(f"[name={name}]")).locator("summary").click()

    @property
    def unsaved(self) -> Locator:
        return self.page.locator("[data-unsaved]")

    # -- rich text ----------------------------------------------------------------------------------------------------

    def frame(self, field: str = "id_opening") -> FrameLocator:
        return self.page.frame_locator(f".django-ckeditor-widget[data-field-id='{field}'] iframe")

    def write(self, text: str, field: str = "id_opening") -> None:
        """Type into CKEditor itself, after what is there."""
        body = self.frame(field).locator("body")
        body.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)
        expect(body).to_contain_text(text)

    def text_of(self, row: Locator) -> str:
        return row.frame_locator(".django-ckeditor-widget iframe").locator("body").inner_text().strip()

    # -- rows ---------------------------------------------------------------------------------------------------------

    def rows(self, group: str = "subsections") -> Locator:
        """The rows of a group in the order of the document, which never changes."""
        return self.page.locator(f"#{group}-group .inline-related:not(.empty-form)")

    def row(self, heading: str) -> Locator:
        """The subsection that is headed so."""
        for row in self.rows().all():
            if row.locator("input[name$=-heading]").input_value() == heading:
                return row
        raise AssertionError(f"There is no subsection {heading}.")

    def headings(self) -> list[str]:
        """The headings of the subsections from top to bottom, as they stand on the screen."""
        seen = [
            (row.bounding_box()["y"], row.locator("input[name$=-heading]").input_value()) for row in self.rows().all()
        ]
        return [heading for _, heading in sorted(seen)]

    def add_row(self, group: str = "subsections") -> Locator:
        before = self.rows(group).count()
        self.page.locator(f"#{group}-group .add-row a").click()
        expect(self.rows(group)).to_have_count(before + 1)
        self.wait_for_editors()
        return self.rows(group).last

    def add_subsection(self, heading: str, *, figures: str = "", body: str = "") -> Locator:
        row = self.add_row()
        row.locator("input[name$=-heading]").fill(heading)
        row.locator("input[name$=-figures]").fill(figures)
        if body:
            editor = row.frame_locator(".django-ckeditor-widget iframe").locator("body")
            editor.click()
            self.page.keyboard.type(body)
            expect(editor).to_contain_text(body)
        return row

    # -- autocomplete -------------------------------------------------------------------------------------------------

    def choose(self, within: Locator | Page, field: str, typed: str) -> None:
        """Pick the first suggestion for what is typed into the autocomplete field whose name ends in `field`."""
        widget = within.locator(f".related-widget-wrapper:has(select[name$='{field}']) .select2-selection")
        widget.click()
        self.page.locator(".select2-search__field:focus").fill(typed)
        option = self.page.locator(".select2-results__option[role=option]").filter(has_text=typed)
        option.first.click()
        expect(widget).to_contain_text(typed)
