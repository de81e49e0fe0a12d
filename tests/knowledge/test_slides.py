"""Slides: titles, tables, notes, charts, groups, the number of each slide; hidden, damaged and with macros."""

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read

Slides = type(Presentation())


def saved(slides: "Slides") -> bytes:  # type: ignore[valid-type]
    file = io.BytesIO()
    slides.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("발표.pptx", data)
    return error.value.note.phrase


def test_titles_texts_and_notes_with_the_number_of_the_slide() -> None:
    slides = Presentation()
    for title, text in (("배송 안내", "서울은 하루 걸립니다."), ("반품 안내", "이레 안에 접수합니다.")):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
        slide.notes_slide.notes_text_frame.text = f"{title}의 설명"
    reading = read("발표.pptx", saved(slides))
    assert reading.parts == (
        Section(("배송 안내",), "서울은 하루 걸립니다.\n배송 안내의 설명", page=1),
        Section(("반품 안내",), "이레 안에 접수합니다.\n반품 안내의 설명", page=2),
    )
    assert next(note.values for note in reading.described if note.phrase == "read.slides") == {"count": 2}


def test_a_faq_table_and_a_chart_and_a_group() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "자주 묻는 질문"
    table = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
    rows = [("질문", "답변"), ("환불은 언제 되나요?", "사흘 안에 됩니다."), ("취소는 되나요?", "됩니다.")]
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    second = slides.slides.add_slide(slides.slide_layouts[6])
    numbers = CategoryChartData()
    numbers.categories = ["1월", "2월"]
    numbers.add_series("문의", (10, 12.5))
    second.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1), Inches(4), Inches(3), numbers)
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1)).text_frame.text = "묶음 안의 글"
    parts = read("발표.pptx", saved(slides)).parts
    assert [(part.question, part.text, part.page) for part in parts if isinstance(part, Entry)] == [
        ("환불은 언제 되나요?", "사흘 안에 됩니다.", 1),
        ("취소는 되나요?", "됩니다.", 1),
    ]
    said = "\n".join(part.text for part in parts if part.page == 2)
    assert "1월: 10" in said
    assert "12.5" in said
    assert "묶음 안의 글" in said


def test_a_slide_of_nothing_but_a_title_is_kept() -> None:
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "환불은 이레 안에 됩니다"
    assert [part.text for part in read("발표.pptx", saved(slides)).parts] == ["환불은 이레 안에 됩니다"]


def test_hidden_slides_are_told_and_empty_ones_refused() -> None:
    slides = Presentation()
    for text in ("보이는 글입니다.", "숨긴 글입니다."):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.placeholders[1].text = text
    slides.slides[1]._element.set("show", "0")
    reading = read("발표.pptx", saved(slides))
    assert [part.text for part in reading.parts] == ["보이는 글입니다."]
    assert any(note.phrase == "read.hidden_slides" and note.values == {"slides": "2"} for note in reading.described)
    assert refused(saved(Presentation())) == "read.nothing"


def test_macros_and_damage() -> None:
    data = saved(Presentation())
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"x")
    assert refused(file.getvalue()) == "read.macros"
    for cut in (40, len(data) // 2, len(data) - 30):
        assert refused(data[:cut]) == "read.broken"
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p:presentation/>")
    assert refused(broken.getvalue()) == "read.broken"
