"""OpenDocument texts, slides and sheets: headings, lists, tables, notes; locked, damaged and hostile."""

import io
import zipfile

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
        "style": "style",
    }.items()
)


def odf(body: str, kind: str = "text", *, manifest: str = "<manifest/>", styles: str = "") -> bytes:
    file = io.BytesIO()
    root = {"text": "text", "presentation": "presentation", "spreadsheet": "spreadsheet"}[kind]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:{root}>{body}</office:{root}></office:body></office:document-content>",
        )
    return file.getvalue()


def row(*cells: str) -> str:
    inside = "".join(
        each if each.startswith("<") else f"<table:table-cell><text:p>{each}</text:p></table:table-cell>"
        for each in cells
    )
    return f"<table:table-row>{inside}</table:table-row>"


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("문서.odt", data)
    return error.value.note.phrase


def test_headings_lists_spaces_and_notes() -> None:
    body = "<text:note-body><text:p>주석</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    body = (
        '<text:h text:outline-level="1">배송</text:h>'
        f'<text:p>서울<text:s text:c="2"/>하루<text:tab/>부산<text:line-break/>이틀{note} 걸린다.</text:p>'
        "<text:list><text:list-item><text:p>첫째</text:p></text:list-item>"
        "<text:list-item><text:p>둘째</text:p></text:list-item></text:list>"
        '<text:h text:outline-level="2">요금</text:h><text:p>무료이다.</text:p>'
    )
    assert read("안내.odt", odf(body)).parts == (
        Section(("배송",), "서울  하루\t부산\n이틀[1] 걸린다.\n[1] 주석\n- 첫째\n- 둘째"),
        Section(("배송", "요금"), "무료이다."),
    )


def test_a_faq_table_with_a_merged_cell_becomes_entries() -> None:
    tall = '<table:table-cell table:number-rows-spanned="2"><text:p>배송</text:p></table:table-cell>'
    table = row("분류", "질문", "답변") + row(tall, "언제 오나요?", "내일 옵니다.")
    table += row("<table:covered-table-cell/>", "얼마인가요?", "무료입니다.")
    entries = read("faq.odt", odf(f"<table:table>{table}</table:table>")).parts
    assert entries == (
        Entry("내일 옵니다.", "언제 오나요?", title="배송"),
        Entry("무료입니다.", "얼마인가요?", title="배송"),
    )


def test_slides_know_their_number_and_hidden_ones_are_told() -> None:
    styles = (
        '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )

    def slide(title: str, text: str, style: str = "dp1") -> str:
        return (
            f'<draw:page draw:style-name="{style}"><draw:frame presentation:class="title"><draw:text-box>'
            f"<text:p>{title}</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box>"
            "</draw:frame></draw:page>"
        )

    body = slide("배송", "하루 걸립니다.") + slide("비밀", "숨김", "dp2") + slide("반품", "이레 안에 됩니다.")
    reading = read("발표.odp", odf(body, "presentation", styles=styles))
    assert reading.parts == (
        Section(("배송",), "하루 걸립니다.", page=1),
        Section(("반품",), "이레 안에 됩니다.", page=3),
    )
    assert any(note.phrase == "read.hidden_slides" for note in reading.described)


def test_sheets_are_tables() -> None:
    table = f'<table:table table:name="FAQ">{row("질문", "답변")}{row("언제 오나요?", "내일 옵니다.")}</table:table>'
    table = table.replace("<table:table-cell>", '<table:table-cell office:value-type="string">')
    assert read("faq.ods", odf(table, "spreadsheet")).parts == (Entry("내일 옵니다.", "언제 오나요?"),)


def test_locked_damaged_and_hostile() -> None:
    assert refused(odf("<text:p>글</text:p>", manifest="<m><encryption-data/></m>")) == "read.password"
    assert refused(odf("")) == "read.nothing"
    assert refused(odf("<text:p>")) == "read.broken"
    data = odf("<text:p>글</text:p>")
    assert refused(data[:100]) == "read.broken"
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("settings.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert refused(file.getvalue()) == "read.entities"
    wide = '<table:table-cell table:number-columns-repeated="99999999"><text:p>가</text:p></table:table-cell>'
    body = f"<table:table>{row(wide)}{row('나')}</table:table>"
    assert "가" in "".join(part.text for part in read("표.odt", odf(body)).parts)
