"""Word documents: headings, numbers of lists, tables, notes, what is left out; macros, passwords, damage."""

import io
import zipfile
from collections.abc import Sequence

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def raw(body: str, **parts: str) -> bytes:
    """A document of this XML; further parts of the folder ``word``."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", parts.pop("types", TYPES))
        archive.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml" if name != "links" else "word/_rels/document.xml.rels", content)
    return file.getvalue()


def p(text: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(data: bytes) -> str:
    return "\n".join(part.text for part in read("문서.docx", data).parts)


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("문서.docx", data)
    return error.value.note.phrase


def sections(data: bytes) -> list[tuple[tuple[str, ...], str]]:
    return [(part.titles, part.text) for part in read("문서.docx", data).parts if isinstance(part, Section)]


def with_table(rows: Sequence[Sequence[str]]) -> Document:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    return document


def test_headings_are_titles() -> None:
    document = docx.Document()
    document.add_heading("출장 규정", 0)
    document.add_heading("신청", 1)
    document.add_paragraph("사흘 전에 신청합니다.")
    document.add_heading("정산", 2)
    document.add_paragraph("돌아온 뒤 닷새 안에 정산합니다.")
    assert sections(saved(document)) == [
        (("출장 규정", "신청"), "사흘 전에 신청합니다."),
        (("출장 규정", "신청", "정산"), "돌아온 뒤 닷새 안에 정산합니다."),
    ]


def test_korean_styles_and_outline_levels_are_headings() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a1"><w:name w:val="제목 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="우리 소제목"/><w:basedOn w:val="c"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="바탕"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
        "</w:style></w:styles>"
    )
    body = p("배송", '<w:pStyle w:val="a1"/>') + p("기간", '<w:pStyle w:val="b"/>') + p("이틀 걸립니다.")
    body += p("요금", '<w:outlineLvl w:val="1"/>') + p("삼천 원입니다.")
    assert sections(raw(body, styles=styles)) == [
        (("배송", "기간"), "이틀 걸립니다."),
        (("배송", "요금"), "삼천 원입니다."),
    ]


def test_numbers_of_lists_as_word_shows_them() -> None:
    def level(at: int, kind: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'

    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
        f"{level(0, 'decimal', '제%1조')}{level(1, 'ganada', '%2.')}"
        f"{level(2, 'decimalEnclosedCircle', '%3')}{level(3, 'bullet', chr(0xF0B7))}</w:abstractNum>"
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(text: str, depth: int) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>')

    body = item("목적을 정한다.", 0) + item("임직원", 1) + item("계약직", 1) + item("석 달 이상", 2) + item("단서", 3)
    body += item("적용을 정한다.", 0) + item("모두", 1)
    assert texts(raw(body, numbering=numbering)).split("\n") == [
        "제1조 목적을 정한다.",
        "가. 임직원",
        "나. 계약직",
        "① 석 달 이상",
        "- 단서",
        "제2조 적용을 정한다.",
        "가. 모두",
    ]


def test_a_faq_table_with_merged_cells_becomes_entries() -> None:
    document = with_table(
        [
            ["분류", "질문", "답변"],
            ["배송", "배송비는 얼마인가요?", "3,000원입니다.\n제주는 5,000원입니다."],
            ["", "언제 오나요?", "이틀 안에 갑니다."],
        ]
    )
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(2, 0))
    assert [part for part in read("faq.docx", saved(document)).parts if isinstance(part, Entry)] == [
        Entry("3,000원입니다.\n제주는 5,000원입니다.", "배송비는 얼마인가요?", title="배송"),
        Entry("이틀 안에 갑니다.", "언제 오나요?", title="배송"),
    ]


def test_questions_in_bold_and_answers_below_them() -> None:
    document = docx.Document()
    for question, answer in (
        ("환불은 언제 되나요?", "사흘 안에 됩니다."),
        ("취소할 수 있나요?", "배송 전에는 됩니다."),
    ):
        document.add_paragraph().add_run(question).bold = True
        document.add_paragraph(answer)
    assert [
        (part.question, part.text) for part in read("faq.docx", saved(document)).parts if isinstance(part, Entry)
    ] == [
        ("환불은 언제 되나요?", "사흘 안에 됩니다."),
        ("취소할 수 있나요?", "배송 전에는 됩니다."),
    ]


def test_notes_links_boxes_deleted_and_hidden_text() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('가격은 ')}<w:del><w:r><w:delText>만 원</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('이만 원')}</w:ins>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>숨긴 글</w:t></w:r></w:p>'
        f'<w:p><w:hyperlink r:id="rId9">{run.format("신청서")}</w:hyperlink></w:p>'
        f"<w:p><w:r><w:pict><w:textbox><w:txbxContent>{p('상자의 글')}</w:txbxContent></w:textbox></w:pict></w:r></w:p>"
    )
    footnotes = f'<w:footnotes {W}><w:footnote w:id="2">{p("부가세 포함")}</w:footnote></w:footnotes>'
    links = '<Relationships><Relationship Id="rId9" Target="https://example.com/a"/></Relationships>'
    assert texts(raw(body, footnotes=footnotes, links=links)).split("\n") == [
        "가격은 이만 원[1]",
        "[1] 부가세 포함",
        "[신청서](https://example.com/a)",
        "상자의 글",
    ]


def test_breaks_and_what_is_left_out() -> None:
    document = docx.Document()
    run = document.add_paragraph("첫 줄").add_run()
    run.add_break(WD_BREAK.LINE)
    run.add_text("둘째 줄")
    data = saved(document)
    assert texts(data) == "첫 줄\n둘째 줄"
    comments = f'<w:comments {W}><w:comment w:id="1">{p("검토 바람")}</w:comment></w:comments>'
    reading = read(
        "문서.docx", raw(p("글") + "<w:p><w:r><w:drawing><w:pic/></w:drawing></w:r></w:p>", comments=comments)
    )
    told = {note.phrase: note.values.get("count") for note in reading.described}
    assert (told["read.comments"], told["read.pictures"]) == (1, 1)


def test_macros_passwords_and_empty_documents() -> None:
    macro = TYPES.replace("wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml")
    assert refused(raw(p("글"), types=macro)) == "read.macros"
    assert refused(raw("")) == "read.nothing"
    long = p("가나다라마바사 " * 1_000)
    assert refused(raw(long * 700)) in ("read.text_too_long", "read.bomb")
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    assert refused(encrypted) == "read.password"


def test_damaged_and_hostile_documents() -> None:
    data = raw(p("글입니다. " * 300))
    for cut in (30, 400, len(data) - 10):
        assert refused(data[:cut]) == "read.broken"
    assert refused(raw("<w:p>")) == "read.broken"
    assert refused(raw("<w:x>" * 300 + "</w:x>" * 300)) == "read.too_deep"
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>'
    assert refused(raw(p("글"), styles=laughs)) == "read.entities"
    secret = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
    assert refused(raw(p("글"), footnotes=secret)) == "read.entities"
    wide = (
        "<w:tbl>"
        + "<w:tr>"
        + '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>' * 2
        + "</w:tr></w:tbl>"
    )
    assert texts(raw(wide + p("끝입니다."))) == "끝입니다."
