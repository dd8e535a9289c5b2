"""Contents and rich texts for the comparison, made by Hypothesis: alike enough to have something in common."""

from __future__ import annotations

from hypothesis import strategies as st

from articles.comparison import ComparedItems, ComparedRichText, ComparedText, Status
from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import clean

# Few pieces, so that two texts share some of them.
plain = st.lists(
    st.sampled_from("松岭 县 新开 。 ， 3.5% 12kg don't word \n \t é 👨‍👩‍👧 한 か 的".split(" ")), max_size=9
).map("".join)
_inline = st.sampled_from(
    "松岭县 <b>新开</b> <i>两<b>趟</b></i> <a&nbsp;href='https://a.example/'>专车</a> <a&nbsp;href='/b/'>专车</a> "
    "<br> &amp; word 3.5% "
    "<img&nbsp;src='https://a.example/i.png'> <ruby>挑<rt>tiǎo</rt></ruby>".replace("&nbsp;", "\xa0").split(" ")
).map(lambda piece: piece.replace("\xa0", " "))
_frames = st.sampled_from(
    "<p>%s</p> <h3>%s</h3> <ul><li>%s</li></ul> <ol><li><p>%s</p></li></ol> <blockquote><p>%s</p></blockquote> <hr>%s "
    "<table><tr><td>%s</td><td></td></tr></table> <table><tr><td></td><td>%s</td></tr></table> <pre>\t%s</pre> "
    "<figure>%s<figcaption>图</figcaption></figure> <div>%s</div> <details><summary>%s</summary></details> %s".split(
        " "
    )
)
_block = st.builds(lambda frame, pieces: frame % "".join(pieces), _frames, st.lists(_inline, max_size=5))
rich = st.lists(_block, max_size=5).map("".join).map(clean)

_ids = st.integers(1, 4)
_references = st.builds(Reference, id=_ids, name=plain, slug=st.just("s"))
_subsections = st.lists(
    st.builds(SubsectionContent, key=st.sampled_from(["", "1", "2", "3", "aaaa", "bbbb"]), heading=plain, body=rich),
    max_size=4,
)
contents = st.builds(
    StoryContent,
    headline=plain,
    summary=plain,
    opening=rich,
    subsections=_subsections.map(tuple),
    byline=st.lists(
        st.builds(Credit, contributor_id=_ids, name=plain, slug=st.just("s"), role=st.sampled_from("ab")), max_size=4
    ).map(tuple),
    section=st.none() | _references,
    topics=st.lists(_references, max_size=3).map(tuple),
    source=st.none() | _references,
    original_author=plain,
    related_links=st.lists(
        st.builds(
            RelatedLinkContent,
            story_id=st.none() | _ids,
            url=st.sampled_from(["", "https://a.example/"]),
            headline=plain,
        ),
        max_size=3,
    ).map(tuple),
    language=st.sampled_from(["zh-hans", "en"]),
)


def marked(field) -> str:
    """A comparison in one line: [-deleted-] and {+added+}; blocks and members one after the other."""
    match field:
        case ComparedText(difference=difference):
            return "".join(_MARKS[segment.status] % segment.text for segment in difference.segments)
        case ComparedRichText(blocks=blocks):
            return " / ".join(marked(ComparedText("", block.difference)) for block in blocks)
        case ComparedItems(items=items):
            return " / ".join(" ".join(filter(None, map(marked, item.fields))) for item in items)
    return marked(ComparedText("", field))


_MARKS = {Status.KEPT: "%s", Status.ADDED: "{+%s+}", Status.DELETED: "[-%s-]"}
