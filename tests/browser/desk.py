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
        self.press_at(self.button(name))

    def press_at(self, button: Locator) -> None:
        """The same for a button that is found already."""
        self.page.evaluate("() => { window.isTheOldPage = true; }")
        button.click()
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

    def press_in_panel(self, name: str, fields: dict[str, str] | None = None) -> None:
        """Open the panel that holds the button `name`, fill in `fields` (typed text by field), and press the button."""
        self.open_panel(name)
        for field, typed in (fields or {}).items():
            self.page.fill(f"#id_{field}", typed)
        self.press(name)

    def say_what_has_changed(self, change: str, note: str) -> None:
        """The kind of change and the note to readers, for the next version that is published or scheduled."""
        self.open_panel("change")
        self.page.select_option("#id_change", change)
        self.page.fill("#id_correction_note", note)

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

    # -- colleagues ---------------------------------------------------------------------------------------------------

    def answer_note(self, said: str, answer: str) -> None:
        """Open the notes beside the form and answer the thread that says so."""
        self.page.locator("[data-notes-open]").click()
        thread = self.page.locator("#notes-drawer .note-thread").filter(has_text=said)
        thread.locator("textarea").fill(answer)
        thread.locator("form button").first.click()
        expect(thread.locator(".note-text").last).to_have_text(answer)
        self.page.locator("[data-notes-close]").click()

    def save_into_conflict(self) -> Conflict:
        """Save what a colleague has changed in the same place; the page that asks which text to keep."""
        self.button("_continue").click()
        return Conflict(self)


class Conflict:
    """The page with both texts side by side."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.form = desk.page.locator("#merge_form")
        expect(self.form).to_be_visible()

    def sides(self, place: str) -> list[str]:
        """The colleague's text and one's own."""
        fieldset = self.form.locator("fieldset").filter(has=self._choices(place))
        return fieldset.locator(".merge-sides .merge-text").all_inner_texts()

    def choose(self, place: str, choice: str) -> None:
        """`choice`: mine, theirs, both or own."""
        self.form.locator(f"input[name='_choice:{place}'][value={choice}]").check()

    def save(self) -> None:
        self.form.locator("[name=_merge]").click()
        expect(self.desk.page.locator(".messagelist .success")).to_have_count(1)
        self.desk.wait_for_editors()

    def _choices(self, place: str) -> Locator:
        return self.desk.page.locator(f"input[name='_choice:{place}']")
