"""Words about documents: reading, comparing, checking and keeping them."""

PHRASES: dict[str, tuple[str, str]] = {
    # --- a search that learns (bot/tuning.py)
    "tune.help": (
        "사람들이 물었고 답이 맞았던 질문에서 검색이 배우게 합니다. 따로 둔 질문으로 재어 나아질 때만 씁니다.",
        "Have the search learn from questions that were answered well; used only if it does better on others held back.",
    ),
    "tune.help.undo": ("마지막으로 바꾸기 전의 검색으로 돌아갑니다.", "Go back to the search before the last change."),
    "tune.learning": ("배우고 있습니다", "Learning"),
    "tune.undoing": ("되돌리고 있습니다", "Going back"),
    "tune.questions": (
        "답을 아는 질문 {told:,}개를 넷으로 나누어, 한 몫씩 따로 두고 나머지로 배워 재었습니다.",
        "{told:,} questions whose answer is known, in four parts: each was held back and measured with the others.",
    ),
    "tune.figures": (
        "  {what}: 첫째가 맞음 {first}, 다섯째 안 {five}",
        "  {what}: right first {first}, within five {five}",
    ),
    "tune.words": ("낱말만", "words alone"),
    "tune.shipped": ("기본 벡터와 함께", "with the shipped vectors"),
    "tune.trained": ("배운 벡터와 함께", "with what was learned"),
    "tune.used": (
        "더 잘 찾습니다. 이제부터 검색에 씁니다. 되돌리려면 dapbot knowledge tune --undo",
        "That finds more: it is used from now on. `dapbot knowledge tune --undo` goes back.",
    ),
    "tune.not_used": (
        "나아지지 않아 검색은 그대로 둡니다.",
        "That finds no more: the search stays as it is.",
    ),
    "tune.undone": ("이제 낱말로만 찾습니다.", "The search goes by words alone again."),
    "tune.undone.learned": ("앞서 배운 것을 다시 씁니다.", "What was learned before is used again."),
    "tune.nothing_to_undo": ("되돌릴 것이 없습니다.", "There is nothing to go back from."),
    "tune.too_few": (
        "답을 아는 한국어 질문이 {count}개입니다. {fewest}개부터 배울 수 있습니다. 유사 질문을 더 넣거나, 답이 맞았을 때 "
        "👍를 누르거나, 기준 질문을 저장해 주세요.",
        "There are {count} Korean questions whose answer is known; learning takes {fewest}. Add other ways to ask, rate "
        "good answers 👍, or save golden questions.",
    ),
    "tune.other_model": (
        "임베딩 모델로 {model}을(를) 쓰고 있어 따로 배울 것이 없습니다.",
        "{model} is set as the embedding model and reads Korean itself: there is nothing to learn besides.",
    ),
    # --- personal data that is taken out (bot/redacting.py), answers that are collected (bot/collected.py)
    "redacting.resident": ("주민등록번호", "resident number"),
    "redacting.card": ("카드번호", "card number"),
    "redacting.licence": ("면허번호", "licence number"),
    "redacting.passport": ("여권번호", "passport number"),
    "redacting.phone": ("전화번호", "phone number"),
    "redacting.account": ("계좌번호", "account number"),
    "redacting.email": ("이메일", "email address"),
    "redacting.unit": ("동·호수", "flat"),
    "redacting.plate": ("차량번호", "car number"),
    "redacting.birth": ("생년월일", "date of birth"),
    "redacting.name": ("이름", "name"),
    "collected.document": ("답변 모음", "Collected answers"),
    "collected.busy": (
        "“{name}” 문서를 다른 사람이 계속 바꾸고 있어요. 잠시 뒤에 다시 눌러 주세요.",
        'Somebody else keeps changing "{name}". Try again in a moment.',
    ),
    # --- documents (knowledge/reading.py, bot/library.py)
    "read.encoding_used": ("{encoding}로 읽었어요.", "Read as {encoding}."),
    "read.encoding_utf16": ("UTF-16으로 읽었어요.", "Read as UTF-16."),
    "read.workbook": ("스프레드시트({kind}) 파일로 읽었어요.", "Read as a spreadsheet ({kind})."),
    "read.edited": ("파일을 올린 뒤 항목을 고쳤어요.", "Entries were edited after the file was added."),
    "plan.words": (
        "'{text}' 부분을 알아볼 수 없어요. 질문=열이름,답변=열이름처럼 적어 주세요. 쓸 수 있는 말: {roles}.",
        '"{text}" cannot be understood. Write it as question=NAME,answer=NAME. What a column can be: {roles}.',
    ),
    "read.by_hand": ("고르신 대로 읽었어요.", "Read as you said."),
    "read.by_hand_else": (
        "지난번에 고른 열이 이 파일에 없어서 알아서 읽었어요.",
        "The columns chosen last time are not in this file, so it was read as seemed best.",
    ),
    "read.texts": ("글 열: {columns}, {rows}행.", "Text column: {columns}, rows: {rows}."),
    "read.texts_sheet": (
        "시트 '{sheet}': 글 열 {columns}, {rows}행.",
        "Sheet '{sheet}': text column {columns}, rows: {rows}.",
    ),
    "read.left_out_sheets": ("빼고 읽은 시트: {sheets}.", "Sheets left out: {sheets}."),
    "read.plan_names": (
        "고른 이름의 열이 없어요: {names}. 열 이름을 확인해 주세요.",
        "There are no columns of these names: {names}. Check the names of the columns.",
    ),
    "read.plan_roles": (
        "질문 열과 답변 열을 하나씩 고르거나, 글 열을 하나 골라 주세요.",
        "Choose a question column and an answer column, or a text column.",
    ),
    "read.plan_no_table": (
        "표가 아닌 파일이라 열을 고를 수 없어요.",
        "The file is no table, so there are no columns to choose.",
    ),
    "read.plan_broken": ("열을 고른 내용을 알아볼 수 없어요.", "How the columns were chosen cannot be understood."),
    "read.lost": (
        "글자 {count}개가 깨져 있어요.",
        "Damaged characters in the file: {count}.",
    ),
    "read.faq": (
        "질문 열: '{question}', 답변 열: '{answer}', {rows}행.",
        "Question column: '{question}', answer column: '{answer}', rows: {rows}.",
    ),
    "read.faq_sheet": (
        "시트 '{sheet}': 질문 열 '{question}', 답변 열 '{answer}', {rows}행.",
        "Sheet '{sheet}': question column '{question}', answer column '{answer}', rows: {rows}.",
    ),
    "read.faq_guessed": (
        "열 이름을 알 수 없어 {question}번째 열을 질문, {answer}번째 열을 답변으로 읽었어요. {rows}행.",
        "The column names are not known, so column {question} was read as questions and column {answer} as answers. "
        "Rows: {rows}.",
    ),
    "read.table": (
        "질문 열과 답변 열이 없어 '열: 값' 글로 읽었어요. {rows}행.",
        'No question and answer columns, so each row was read as "column: value". Rows: {rows}.',
    ),
    "read.table_sheet": (
        "시트 '{sheet}': 질문 열과 답변 열이 없어 '열: 값' 글로 읽었어요. {rows}행.",
        "Sheet '{sheet}': no question and answer columns, so each row was read as \"column: value\". Rows: {rows}.",
    ),
    "read.rows_joined": (
        "따옴표 없이 구분 기호가 들어 있던 답변은 이어 붙였어요. {count}행.",
        "Answers that were cut at a separator of their own were joined again. Rows: {count}.",
    ),
    "read.column_title": ("분류 열: {columns}.", "Category: {columns}."),
    "read.column_aliases": ("다른 표현·키워드 열: {columns}.", "Other wordings and keywords: {columns}."),
    "read.column_audience": (
        "공개 대상 열: {columns}. 적힌 대상에게만 보여요.",
        "Audience: {columns}. Such rows are shown to those groups only.",
    ),
    "read.column_validity": ("유효 기간 열: {columns}.", "Valid from and until: {columns}."),
    "read.column_key": ("고유 번호 열: {columns}.", "Identifiers: {columns}."),
    "read.column_unused": ("쓰지 않은 열: {columns}.", "Columns not used: {columns}."),
    "read.merged": ("병합된 셀 {count}곳을 채워 읽었어요.", "Merged cells filled down: {count}."),
    "read.hidden_sheets": ("숨긴 시트는 읽지 않았어요: {sheets}.", "Hidden sheets were not read: {sheets}."),
    "read.pairs": ("질문과 답변 {count}쌍을 찾았어요.", "Questions with answers found: {count}."),
    "read.sections": ("글 {count}부분을 읽었어요.", "Parts of text read: {count}."),
    "read.document": ("{kind} 문서로 읽었어요.", "Read as a {kind} document."),
    "read.pages": ("{count}쪽 문서예요.", "Pages: {count}."),
    "read.slides": ("슬라이드 {count}장이에요.", "Slides: {count}."),
    "read.pictures": (
        "그림 {count}개는 읽지 않았어요. 그림 속 글자는 찾을 수 없어요.",
        "Pictures not read: {count}. Text inside them cannot be found.",
    ),
    "read.comments": ("메모·댓글 {count}개는 읽지 않았어요.", "Comments not read: {count}."),
    "read.charts": ("차트·도형 그림 {count}개는 읽지 않았어요.", "Charts and diagrams not read: {count}."),
    "read.hidden_slides": ("숨긴 슬라이드는 읽지 않았어요: {slides}번.", "Hidden slides were not read: {slides}."),
    "read.headers_left_out": (
        "쪽마다 되풀이되는 머리말·꼬리말은 뺐어요({count}곳).",
        "Headers and footers, repeated on the pages, were left out: {count}.",
    ),
    "read.pages_without_text": (
        "글자가 없는 쪽은 읽지 못했어요: {pages}쪽. 스캔한 쪽이라면 글자 인식(OCR)을 한 파일로 올려 주세요.",
        "Pages without text could not be read: {pages}. If they are scans, add a file with recognised text (OCR).",
    ),
    "read.pages_unmapped": (
        "글꼴에 글자 정보가 없어 일부가 깨져 읽힌 쪽이 있어요: {pages}쪽. 원래 문서가 있으면 그것을 올려 주세요.",
        "Some text may be garbled because its font does not say which characters it shows; pages: {pages}.",
    ),
    "read.pages_broken": (
        "깨져서 읽지 못한 쪽이 있어요: {pages}쪽.",
        "Damaged pages that could not be read: {pages}.",
    ),
    "read.faq_lines": ("질문과 답변 {count}건.", "Questions with answers: {count}."),
    "read.passage_lines": ("글 {count}건.", "Passages: {count}."),
    "read.repeated": (
        "같은 질문이 여러 번 있어 {count}건에 번호를 붙였어요.",
        "The same question appears more than once; numbered: {count}.",
    ),
    "read.repeated_ids": (
        "고유 번호가 겹치는 {count}건에 번호를 덧붙였어요({rows}행). 서로 다른 번호로 고쳐 주세요.",
        "Identifiers that appear more than once were numbered: {count} (rows {rows}). Give each entry its own.",
    ),
    "read.audience_empty": (
        "공개 대상이 빈 목록이라 아무에게도 보이지 않는 항목이 {count}건 있어요.",
        "Entries with an empty audience, which nobody will see: {count}.",
    ),
    "read.row_no_answer": (
        "답변이 비어 있어 건너뛰었어요: {count}건({rows}행).",
        "Left out because the answer is empty: {count} (rows {rows}).",
    ),
    "read.row_no_question": (
        "질문이 비어 있어 건너뛰었어요: {count}건({rows}행).",
        "Left out because the question is empty: {count} (rows {rows}).",
    ),
    "read.row_too_long": (
        "한 칸이 20만 자를 넘어 건너뛰었어요: {count}건({rows}행). 나누어 적어 주세요.",
        "Left out because a cell has more than 200,000 characters: {count} (rows {rows}). Please divide it.",
    ),
    "read.row_bad_date": (
        "유효 기간을 읽지 못해 기간 없이 넣었어요: {count}건({rows}행). 2026-12-31처럼 적어 주세요.",
        "Taken without a period because the dates could not be read: {count} (rows {rows}). Write them as 2026-12-31.",
    ),
    "read.line_broken": (
        "JSON 형식이 아니어서 건너뛰었어요: {count}줄({rows}번째).",
        "Left out because they are not JSON: {count} (lines {rows}).",
    ),
    "read.line_no_object": (
        '{{"question": …, "answer": …}} 모양이 아니어서 건너뛰었어요: {count}줄({rows}번째).',
        'Left out because they are not objects such as {{"question": …, "answer": …}}: {count} (lines {rows}).',
    ),
    "read.line_not_text": (
        "글자가 아닌 값이 있어 건너뛰었어요: {count}줄({rows}번째).",
        "Left out because a value is not text: {count} (lines {rows}).",
    ),
    "read.scanned": (
        "글자가 거의 없어 스캔한 문서로 보여요({pages}쪽). 글자 인식(OCR)을 해서 저장한 PDF로 올려 주세요.",
        "There is hardly any text, so this seems to be a scan ({pages} pages). Add a PDF with recognised text (OCR).",
    ),
    "read.only_pictures": (
        "글자는 없고 그림만 있어요. 그림 속 글자는 읽지 못하니 글로 된 문서를 올려 주세요.",
        "There are only pictures, no text. Text inside pictures cannot be read; please add a document with text.",
    ),
    "read.unmapped": (
        "PDF에 글자 정보가 없어 글이 깨져서 읽혀요. 원래 문서(DOCX, HWPX)로 올리거나 PDF를 다시 만들어 주세요.",
        "The PDF does not say which characters its signs are. Add the original document or make the PDF again.",
    ),
    "read.too_many_pages": (
        "쪽이 너무 많아요({pages:,}쪽). {limit:,}쪽까지 받으니 나누어 올려 주세요.",
        "There are too many pages ({pages:,}). Up to {limit:,} are accepted; please divide it.",
    ),
    "read.text_too_long": (
        "글이 너무 많아요({size} MB). 한 문서에 {limit} MB까지 받으니 나누어 올려 주세요.",
        "There is too much text ({size} MB). Up to {limit} MB a document are accepted; please divide it.",
    ),
    "read.macros": (
        "매크로가 든 파일이라 받지 않아요. 매크로가 없는 형식(DOCX, XLSX, PPTX)으로 저장해서 올려 주세요.",
        "The file holds macros and is not accepted. Save it without macros (DOCX, XLSX or PPTX).",
    ),
    "read.drm": (
        "문서 보안(DRM, {format})이 걸린 파일이에요. 보안을 해제한 파일을 올려 주세요.",
        "The file is locked by document security (DRM, {format}). Add a file without it.",
    ),
    "read.distribution": (
        "배포용으로 저장한 {format} 문서라 글을 읽을 수 없어요. 일반 문서로 저장해서 올려 주세요.",
        "This {format} file was saved for distribution and its text is locked. Save it as an ordinary document.",
    ),
    "read.entities": (
        "{format} 파일 안에 쓰면 안 되는 선언(DTD)이 있어 받지 않아요. 원래 프로그램에서 다시 저장해 주세요.",
        "The {format} file holds a declaration (DTD) that is not allowed. Save it again in its own program.",
    ),
    "read.too_deep": (
        "{format} 파일이 너무 깊이 겹쳐 있거나 복잡해서 읽지 못해요. 간단하게 나누어 저장해 주세요.",
        "The {format} file is nested too deep or too complex to be read. Divide or simplify it.",
    ),
    "read.iwork": (
        "애플 iWork(Pages, Numbers, Keynote) 파일은 읽지 못해요. DOCX, XLSX, PPTX나 PDF로 내보내서 올려 주세요.",
        "Apple iWork files (Pages, Numbers, Keynote) cannot be read. Export it as DOCX, XLSX, PPTX or PDF.",
    ),
    "read.old_word": (
        "옛 {format} 파일은 읽지 못해요. DOCX로 저장해서 올려 주세요.",
        "Old {format} files cannot be read. Save it as DOCX.",
    ),
    "read.old_slides": (
        "옛 {format} 파일은 읽지 못해요. PPTX로 저장해서 올려 주세요.",
        "Old {format} files cannot be read. Save it as PPTX.",
    ),
    "read.old_hwp": (
        "이 한글 파일({format})은 읽지 못해요. 한글에서 HWPX나 HWP로 다시 저장해서 올려 주세요.",
        "This Hangul file ({format}) cannot be read. Save it as HWPX or HWP in Hangul.",
    ),
    "read.save_as_xlsx": (
        "이 {format} 파일은 읽지 못해요. 엑셀 통합 문서(XLSX)로 저장해서 올려 주세요.",
        "This {format} file cannot be read. Save it as an Excel workbook (XLSX).",
    ),
    "read.old_office": (
        "{format} 파일은 읽지 못해요. DOCX, XLSX, PPTX, PDF나 HWPX로 저장해서 올려 주세요.",
        "{format} files cannot be read. Save it as DOCX, XLSX, PPTX, PDF or HWPX.",
    ),
    "read.archive": (
        "{format} 압축 파일이에요. 압축을 풀어 안에 있는 파일을 올려 주세요.",
        "This is a {format} archive. Unpack it and add the files inside.",
    ),
    "read.image": (
        "{format} 그림 파일이에요. 그림 속 글자는 읽지 못하니 글로 된 파일을 올려 주세요.",
        "This is a picture ({format}). Text inside pictures cannot be read; please add a text file.",
    ),
    "read.media": (
        "{format} 소리·영상 파일은 읽지 못해요. 글로 된 파일을 올려 주세요.",
        "Sound and video ({format}) cannot be read. Please add a text file.",
    ),
    "read.program": (
        "프로그램({format}) 파일이라 받지 않아요. 글이나 표로 된 파일을 올려 주세요.",
        "This is a program ({format}) and is not accepted. Please add a text or a table.",
    ),
    "read.data_file": (
        "{format} 파일은 읽지 못해요. 엑셀(XLSX), CSV나 TXT로 저장해서 올려 주세요.",
        "{format} files cannot be read. Save it as Excel (XLSX), CSV or TXT.",
    ),
    "read.binary": (
        "글이 아닌 파일이라 읽지 못해요. 글이나 표로 된 파일을 올려 주세요.",
        "This file is not text and cannot be read. Please add a text or a table.",
    ),
    "read.encoding": (
        "글자 인코딩을 알 수 없어요. UTF-8로 저장해서 다시 올려 주세요.",
        "The character encoding is not known. Save the file as UTF-8 and add it again.",
    ),
    "read.empty": ("빈 파일이에요. 내용이 있는 파일을 올려 주세요.", "The file is empty. Please add one with content."),
    "read.nothing": (
        "읽을 글이 없어요. 내용이 있는지 확인해 주세요.",
        "There is no text to read in it. Please check its content.",
    ),
    "read.too_large": (
        "파일이 너무 커요({size} MB). {limit} MB까지 받으니 나누어 올려 주세요.",
        "The file is too large ({size} MB). Up to {limit} MB are accepted; please divide it.",
    ),
    "read.too_many_cells": (
        "시트가 너무 넓어요(셀 {cells:,}개, {limit:,}개까지). 쓰지 않는 행과 열을 지우고 저장해 주세요.",
        "A sheet spans too many cells ({cells:,}, up to {limit:,}). Delete the rows and columns that are not used.",
    ),
    "read.page_too_large": (
        "웹 페이지가 너무 커요({limit:,}자까지). 나누어 올려 주세요.",
        "The page is too large (up to {limit:,} characters). Please divide it.",
    ),
    "read.page_too_deep": (
        "웹 페이지의 태그가 너무 깊이 겹쳐 있어 읽지 못해요. TXT로 저장해서 올려 주세요.",
        "The page is nested too deep to be read. Save it as TXT.",
    ),
    "read.bomb": (
        "압축을 풀면 지나치게 커지는 파일이라 받지 않아요. 원래 프로그램에서 다시 저장해 보세요.",
        "The file would grow far too large when unpacked and is not accepted. Try saving it again in its own program.",
    ),
    "read.broken": (
        "{format} 파일이 깨져 있어 열지 못해요. 원래 프로그램에서 다시 저장해 주세요.",
        "The {format} file is damaged and cannot be opened. Save it again in its own program.",
    ),
    "read.password": (
        "암호가 걸린 파일이에요. 암호를 풀고 저장해서 다시 올려 주세요.",
        "The file is protected by a password. Save it without one and add it again.",
    ),
    "read.json_broken": (
        "JSON 형식이 잘못되었어요({line}번째 줄). 고쳐서 다시 올려 주세요.",
        "The JSON is broken (line {line}). Correct it and add it again.",
    ),
    "read.json_deep": (
        "JSON이 너무 깊이 겹쳐 있어 읽지 못해요. 한 줄에 한 건씩 적어 주세요.",
        "The JSON is nested too deep to be read. Write one entry a line.",
    ),
    "read.json_shape": (
        "JSON에 question과 answer(또는 id와 text)가 없어요. 한 건마다 적어 주세요.",
        'The JSON has no "question" and "answer" (or "id" and "text"). Every entry needs them.',
    ),
    "read.cannot_open": (
        "파일을 열지 못해요({reason}). 권한을 확인해 주세요.",
        "The file cannot be opened ({reason}). Check its permissions.",
    ),
    "read.not_a_file": ("보통 파일이 아니라 읽지 못해요.", "It is not an ordinary file and cannot be read."),
    "read.failed": (
        "예상하지 못한 모양이라 읽지 못했어요. CSV나 TXT로 저장해서 다시 올려 주세요.",
        "It has a form that was not expected and could not be read. Save it as CSV or TXT and add it again.",
    ),
    "read.took_too_long": (
        "읽는 데 {seconds}초가 넘게 걸려 그만두었어요. 파일을 나누거나, 원래 프로그램에서 다시 저장해서 올려 주세요.",
        "Reading it took more than {seconds} seconds and was given up. Divide the file, or save it again in its own program.",
    ),
    "read.too_much_memory": (
        "읽는 데 메모리가 {limit} MB 넘게 들어 그만두었어요. 파일을 나누거나, 원래 프로그램에서 다시 저장해서 올려 주세요.",
        "Reading it took more than {limit} MB of memory and was given up. Divide the file, or save it again in its own program.",
    ),
    "read.ended": (
        "파일이 깨졌거나 너무 복잡해서 읽다가 멈췄어요. 원래 프로그램에서 다시 저장하거나, PDF나 TXT로 저장해서 올려 주세요.",
        "Reading it ended abruptly: the file is damaged or too complex. Save it again in its own program, or as PDF or TXT.",
    ),
    "read.too_many_parts": (
        "항목이 너무 많아요({limit:,}개까지). 파일을 나누어 올려 주세요.",
        "It has too many entries (up to {limit:,}). Please divide the file.",
    ),
    "read.too_much_text": (
        "글이 너무 많아요({limit} MB까지). 파일을 나누어 올려 주세요.",
        "It holds too much text (up to {limit} MB). Please divide the file.",
    ),
    "read.no_child": (
        "문서를 읽는 프로그램을 시작하지 못했어요. 이 컴퓨터의 남은 메모리를 확인하고 다시 올려 주세요.",
        "The program that reads documents could not be started. Check the free memory of this machine and add it again.",
    ),
    "read.archive_broken": (
        "압축 파일이 깨져 있어 열지 못해요. 다시 압축해서 올려 주세요.",
        "The archive is damaged and cannot be opened. Pack it again and add it.",
    ),
    "read.archive_empty": (
        "압축 파일 안에 파일이 없어요. 내용을 확인해 주세요.",
        "There are no files in the archive. Check what it holds.",
    ),
    "read.archive_too_many": (
        "압축 파일 안에 파일이 너무 많아요({limit:,}개까지). 나누어 압축하거나 폴더째로 올려 주세요.",
        "There are too many files in the archive (up to {limit:,}). Divide it, or add the folder as it is.",
    ),
    "read.archive_bomb": (
        "압축을 풀면 지나치게 커지는 파일이라 열지 않았어요(모두 {limit} MB까지). 필요한 문서만 골라 올려 주세요.",
        "It would grow far too large when unpacked and was not opened (up to {limit} MB in all). Add just the documents you need.",
    ),
    "read.member_broken": (
        "압축 파일 안에서 이 파일이 깨져 있어요. 다시 압축하거나 이 파일만 따로 올려 주세요.",
        "This file is damaged inside the archive. Pack it again, or add it on its own.",
    ),
    "read.member_outside": (
        "압축 파일 바깥을 가리키는 이름이라 읽지 않았어요. 이름을 바꾸어 다시 압축해 주세요.",
        "Its name points outside the archive, so it was not read. Rename it and pack it again.",
    ),
    "read.member_name": (
        "이름에 쓸 수 없는 글자가 있어 읽지 않았어요. 이름을 바꾸어 다시 압축해 주세요.",
        "Its name holds a character that no name may have, so it was not read. Rename it and pack it again.",
    ),
    "read.member_link": (
        "다른 파일을 가리키는 링크라 읽지 않았어요. 가리키는 파일을 직접 올려 주세요.",
        "It is a link to another file, so it was not read. Add the file it points to.",
    ),
    "read.member_method": (
        "읽지 못하는 방식({method})으로 압축되어 있어요. 보통 ZIP 방식으로 다시 압축해 주세요.",
        "It is packed by a method that is not read ({method}). Pack it again as an ordinary ZIP.",
    ),
    "library.no_path": (
        "{path}: 그런 파일이나 폴더가 없습니다. 경로를 확인해 주세요.",
        "{path}: there is no such file or folder. Check the path.",
    ),
    "library.no_files": (
        "폴더에 파일이 없습니다. FAQ 파일이 든 폴더를 지정해 주세요.",
        "There are no files in the folder. Name one that holds FAQ files.",
    ),
    "library.no_document": (
        "{id}번 자료가 없습니다. `dapbot knowledge list`로 번호를 확인해 주세요.",
        "There is no document {id}. `dapbot knowledge list` shows the numbers.",
    ),
    "library.no_version": (
        "{id}번 자료에 버전 {number}이(가) 없습니다. `dapbot knowledge history {id}`로 버전을 확인해 주세요.",
        "Document {id} has no version {number}. `dapbot knowledge history {id}` shows its versions.",
    ),
    "library.no_such_version": (
        "게시를 기다리는 변경 {version}번이 없습니다. `dapbot knowledge staged`로 번호를 확인해 주세요.",
        "There is no change {version} that waits to be published. `dapbot knowledge staged` shows the numbers.",
    ),
    "library.not_staged": (
        "'{name}'의 버전 {number}은(는) 게시를 기다리고 있지 않습니다. 이미 게시했거나 취소한 변경입니다.",
        "Version {number} of '{name}' does not wait to be published: it was published or discarded already.",
    ),
    "library.not_tried": (
        "'{name}'을(를) 실제 질문으로 시험하지 않아 게시하지 않았습니다. 먼저 시험해 주세요: dapbot knowledge try {version}",
        "'{name}' was not tried on real questions, so nothing was published. Try it first: dapbot knowledge try {version}",
    ),
    "library.trial_runs": (
        "'{name}'을(를) 이미 시험하고 있습니다. 끝나기를 기다리거나 그만두게 해 주세요.",
        "'{name}' is being tried already. Wait until that has ended, or stop it.",
    ),
    "library.no_trial": (
        "버전 {version}은(는) 실제 질문으로 시험한 적이 없습니다.",
        "Version {version} was not tried on real questions.",
    ),
    "library.changed_meanwhile": (
        "그동안 '{name}' 자료가 버전 {number}(으)로 바뀌어 게시하지 않았습니다. 지금 게시하면 무엇이 바뀌는지 다시 확인해 주세요.",
        "'{name}' was changed to version {number} meanwhile, so nothing was published. Look again at what would change "
        "now.",
    ),
    "library.no_earlier": (
        "'{name}'에는 되돌아갈 이전 버전이 없습니다.",
        "'{name}' has no earlier version to go back to.",
    ),
    "library.is_live": (
        "'{name}'의 버전 {number}이(가) 지금 쓰이고 있는 버전입니다.",
        "Version {number} of '{name}' is the one in use already.",
    ),
    "library.no_file": (
        "파일이 없어요. 다시 올려 주세요.",
        "The file is not here (any more). Please upload it again.",
    ),
    "library.no_owner": (
        "그런 계정이 없거나 쓰지 않는 계정이에요.",
        "There is no such account, or it is disabled.",
    ),
    "library.no_original": (
        "'{name}'의 올린 파일이 보관되어 있지 않아 내려받을 수 없습니다. 파일을 다시 올리면 그때부터 보관됩니다.",
        "The uploaded file of '{name}' was not kept, so it cannot be downloaded. Add it again and it will be.",
    ),
    "library.no_key": (
        "'{key}' 항목이 없습니다. `dapbot knowledge show ID`나 내려받은 파일의 id 열에서 확인해 주세요.",
        "There is no entry '{key}'. `dapbot knowledge show ID`, or the id column of a downloaded file, names them.",
    ),
    "library.key_in_several": (
        "'{key}' 항목이 여러 자료에 있습니다: {documents}. --document로 자료를 정해 주세요.",
        "Several documents have an entry '{key}': {documents}. Choose one with --document.",
    ),
    "library.alias_taken": (
        "'{question}'은(는) 이미 '{key}' 항목의 질문입니다.",
        "'{question}' is a question of the entry '{key}' already.",
    ),
    "library.alias_empty": ("다른 표현으로 쓸 질문을 적어 주세요.", "Write the question that is another way to ask."),
    "entry.none": (
        "'{name}' 문서에 그런 항목이 없어요. 바뀌거나 빠졌을 수 있어요.",
        '"{name}" has no such entry; it may have been changed or taken out.',
    ),
    "entry.nothing_live": (
        "'{name}' 문서는 아직 공개되지 않아 항목을 고칠 수 없어요. 먼저 공개해 주세요.",
        '"{name}" is not published yet, so its entries cannot be edited. Publish it first.',
    ),
    "entry.moved": (
        "그사이 다른 사람이 이 항목을 고쳤어요. 두 내용을 견주어 보고 저장해 주세요.",
        "Somebody else has edited this entry meanwhile. Compare both, then save.",
    ),
    "entry.gone": (
        "그사이 이 항목이 문서에서 빠졌어요. 쓰신 내용은 새 항목으로 추가할 수 있어요.",
        "This entry has been taken out meanwhile. What you wrote can be added as a new one.",
    ),
    "entry.no_question": ("질문을 적어 주세요.", "Write the question."),
    "entry.no_answer": (
        "답변을 적어 주세요. 없애려면 '항목 빼기'를 눌러 주세요.",
        "Write the answer. To be rid of the entry, take it out.",
    ),
    "entry.question_long": (
        "질문이 너무 길어요({length:,}자). {most:,}자까지 쓸 수 있어요.",
        "The question is too long ({length:,} characters); up to {most:,} are taken.",
    ),
    "entry.answer_long": (
        "글이 너무 길어요({length:,}자). {most:,}자까지 쓸 수 있으니 나누어 주세요.",
        "The text is too long ({length:,} characters); up to {most:,} are taken. Please divide it.",
    ),
    "entry.title_long": (
        "분류가 너무 길어요({length:,}자). {most:,}자까지 쓸 수 있어요.",
        "The category is too long ({length:,} characters); up to {most:,} are taken.",
    ),
    "entry.aliases": (
        "다른 표현은 {most}개까지, 하나에 {longest}자까지 쓸 수 있어요.",
        "Up to {most} other wordings of {longest} characters each are taken.",
    ),
    "entry.groups": (
        "그룹은 {most}개까지, 이름은 {longest}자까지 쓸 수 있어요.",
        "Up to {most} groups with names of {longest} characters are taken.",
    ),
    "entry.group_name": (
        "그룹 이름에는 쉼표, 빗금(/), 세미콜론(;), 세로줄(|)을 쓸 수 없어요.",
        "A group's name can have no comma, slash, semicolon or bar in it.",
    ),
    "entry.nobody": (
        "볼 수 있는 그룹을 하나 이상 적거나, 모두에게 보이게 해 주세요. 아무에게도 안 보이게 하려면 항목을 빼 주세요.",
        "Name a group, or let everyone see it. To hide an entry from all, take it out.",
    ),
    "entry.dates": (
        "끝나는 날이 시작하는 날보다 빨라요. 날짜를 확인해 주세요.",
        "It ends before it begins. Please check the dates.",
    ),
    "entry.date": (
        "'{text}' 날짜를 읽지 못했어요. 2026-12-31처럼 적어 주세요.",
        "“{text}” is not a date that can be read. Write it as 2026-12-31.",
    ),
    "entry.key_taken": ("'{key}' ID를 쓰는 항목이 이미 있어요.", 'Another entry has the id "{key}" already.'),
    "library.no_alias": (
        "{id}번 표현이 없습니다. `dapbot knowledge alias list`로 번호를 확인해 주세요.",
        "There is no alias {id}. `dapbot knowledge alias list` shows the numbers.",
    ),
    "library.no_source": (
        "답변 {answer}에는 출처가 없어 다른 표현으로 등록할 수 없습니다.",
        "Answer {answer} rests on no entry, so its question cannot become another way to ask.",
    ),
    # --- what a version changes (bot/comparing.py)
    "change.nothing": ("바뀌는 것이 없어요.", "Nothing would change."),
    "change.summary": (
        "추가 {added}건, 변경 {changed}건, 삭제 {removed}건, 그대로 {unchanged}건.",
        "Added: {added}, changed: {changed}, removed: {removed}, unchanged: {unchanged}.",
    ),
    "change.conflicts": (
        "같은 질문에 답이 다른 곳이 {count}건 있어요.",
        "Questions with two different answers: {count}.",
    ),
    "change.duplicates": ("같은 항목이 {count}건 겹쳐요.", "Entries that are there twice: {count}."),
    "change.entry_added": ("추가: {title}", "Added: {title}"),
    "change.entry_removed": ("삭제: {title}", "Removed: {title}"),
    "change.entry_changed": ("변경: {title} ({fields})", "Changed: {title} ({fields})"),
    "change.field.question": ("질문", "question"),
    "change.field.answer": ("답변", "answer"),
    "change.field.title": ("분류", "category"),
    "change.field.aliases": ("다른 표현", "other wordings"),
    "change.field.audience": ("공개 대상", "audience"),
    "change.field.valid_from": ("시작일", "valid from"),
    "change.field.valid_until": ("종료일", "valid until"),
    "change.field.key": ("고유 번호", "id"),
    "change.rows": ("({rows}행)", "(row {rows})"),
    "change.rows_sheet": ("(시트 '{sheet}' {rows}행)", "(sheet '{sheet}', row {rows})"),
    "change.repeated": (
        "같은 질문과 답변이 두 번 있어요: {title} {places}",
        "The same question and answer twice: {title} {places}",
    ),
    "change.elsewhere": (
        "'{document}' 자료에 같은 질문과 답변이 이미 있어요: {title} {places}",
        "'{document}' has the same question and answer already: {title} {places}",
    ),
    "change.two_answers": (
        "같은 질문에 답변이 두 가지예요: {title} {places}",
        "One question, two answers: {title} {places}",
    ),
    "change.two_answers_elsewhere": (
        "'{document}' 자료의 같은 질문과 답변이 달라요: {title} {places}",
        "'{document}' answers the same question differently: {title} {places}",
    ),
    "change.near": (
        "'{document}' 자료의 비슷한 질문 '{other}'과(와) 답변이 달라요: {title} {places}",
        "'{document}' answers a similar question ('{other}') differently: {title} {places}",
    ),
    "change.differs": ("다른 점: {differs}.", "What differs: {differs}."),
    "change.yes": ("된다", "yes"),
    "change.no": ("안 된다", "no"),
    "library.owner_silent": (
        "실행 중인 서버가 {seconds}초 동안 변경을 반영하지 않았습니다. 자료는 저장되어 있으니 서버를 다시 시작하면 "
        "반영됩니다.",
        "The running server has not taken up the change for {seconds} seconds. It is stored: restart the server and "
        "it will be.",
    ),
    "library.leader_silent": (
        "변경 내용은 저장했지만, 문서를 반영하는 프로세스({name})가 {seconds}초 동안 진행하지 않습니다. 그 프로세스의 로그를 확인해 주세요. 다시 진행하면 자동으로 반영됩니다.",
        "The change is stored, but the process that publishes ({name}) has made no progress for {seconds} seconds; see its log. It is published as soon as that gets on.",
    ),
    "library.index_damaged": (
        "{folder} 폴더의 검색 색인을 읽을 수 없습니다. 등록된 문서는 그대로 있습니다. "
        "`dapbot knowledge rebuild`로 색인을 다시 만들어 주세요.",
        "The search index in {folder} cannot be read. The documents are safe: "
        "run `dapbot knowledge rebuild` to make the index again.",
    ),
    "library.index_storage": (
        "색인 폴더 {folder}에 쓸 수 없습니다({reason}). 자료는 데이터베이스에 안전하게 있습니다. 디스크 공간과 폴더 권한을 확인해 주세요. "
        "고치고 나면 다음에 시작할 때 색인이 따라잡습니다.",
        "The index in {folder} cannot be written ({reason}). The documents are safe in the database. Check the disk "
        "space and the rights of the folder; once that is put right, the index catches up at the next start.",
    ),
    "library.index_busy": (
        "다른 프로그램이 {folder} 폴더의 색인을 쓰고 있습니다. 그 프로그램을 끝낸 뒤 다시 실행해 주세요.",
        "Another program is writing the indexes in {folder}. End it and try again.",
    ),
    # --- commands (connectors/cli/)
    "knowledge.help.add": (
        "파일이나 폴더를 추가합니다. 이름이 같은 자료는 새 내용으로 바뀝니다.",
        "Add files and folders; a document of the same name is replaced.",
    ),
    "knowledge.help.paths": ("파일과 폴더(하위 폴더 포함).", "Files and folders (with all below them)."),
    "knowledge.help.list": ("자료 목록을 보여 줍니다.", "List the documents."),
    "knowledge.help.show": ("자료 하나를 항목까지 보여 줍니다.", "Show a document with its entries."),
    "knowledge.help.remove": ("자료를 완전히 지웁니다.", "Remove a document for good."),
    "knowledge.help.search": (
        "질문으로 찾은 항목을 점수와 함께 보여 줍니다.",
        "Show what a question finds, with scores.",
    ),
    "knowledge.help.rebuild": ("데이터베이스에서 색인을 다시 만듭니다.", "Build the indexes anew from the database."),
    "knowledge.help.id": (
        "자료 번호. `dapbot knowledge list`에 나옵니다.",
        "The document's number, as `dapbot knowledge list` shows it.",
    ),
    "knowledge.help.yes": ("묻지 않고 지웁니다.", "Remove without asking."),
    "knowledge.help.question": ("찾을 질문.", "The question to search for."),
    "knowledge.help.limit": ("보여 줄 항목 수.", "How many passages to show."),
    "knowledge.help.audience": (
        "질문하는 사람이 속한 그룹. 여러 번 쓸 수 있습니다.",
        "A group the asker is in; may be given several times.",
    ),
    "knowledge.adding": ("자료를 넣는 중", "Adding"),
    "knowledge.rebuilding": ("색인을 다시 만드는 중", "Rebuilding"),
    "knowledge.nobody_runs": (
        "문서는 게시했지만, 지금 이 데이터베이스로 실행 중인 dapbot serve가 없습니다. 시작하면 바로 답변에 쓰입니다.",
        "The documents are published, but no `dapbot serve` runs with this database; once one is started, it answers with them.",
    ),
    "knowledge.added": ("추가됨: {added}건", "added, entries: {added}"),
    "knowledge.changed": (
        "바뀜: 추가 {added}, 변경 {changed}, 삭제 {removed}",
        "changed: {added} added, {changed} changed, {removed} removed",
    ),
    "knowledge.unchanged": ("그대로", "unchanged"),
    "knowledge.unreadable": ("읽지 못함", "not read"),
    "knowledge.summary": (
        "파일 {files}개: 추가 {added}, 바뀜 {changed}, 그대로 {unchanged}, 읽지 못함 {unreadable}",
        "Files: {files} ({added} added, {changed} changed, {unchanged} unchanged, {unreadable} not read)",
    ),
    "knowledge.none": (
        "아직 자료가 없습니다. `dapbot knowledge add 파일`로 추가해 주세요.",
        "There are no documents yet. Add one with `dapbot knowledge add FILE`.",
    ),
    "knowledge.document": (
        "{kind} · {count}건 · 버전 {version} · {date}",
        "{kind} · {count} entries · version {version} · {date}",
    ),
    "knowledge.waiting": ("(색인을 만드는 중)", "(being indexed)"),
    "knowledge.aliases": ("다른 표현: {aliases}", "Other wordings: {aliases}"),
    "knowledge.audience": ("공개 대상: {groups}", "For: {groups}"),
    "knowledge.valid": ("유효 기간: {begin} ~ {end}", "Valid: {begin} to {end}"),
    "knowledge.sure": (
        "'{name}'(항목 {count}건)을 완전히 지울까요? [예/아니요]",
        "Remove '{name}' (entries: {count}) for good? [yes/no]",
    ),
    "knowledge.help.dry_run": (
        "무엇이 바뀌는지만 보여 주고 아무것도 저장하지 않습니다.",
        "Show what would change, and write nothing.",
    ),
    "knowledge.help.stage": (
        "저장만 하고 게시하지 않습니다. 확인한 뒤 `publish`로 게시하거나 `discard`로 취소합니다.",
        "Store the change without publishing it: `publish` or `discard` it after a look.",
    ),
    "knowledge.help.columns": (
        '표의 어느 열이 무엇인지 정합니다: "질문=Q,답변=A". 열 이름이 없는 표는 "질문=#1,답변=#2"처럼 적습니다. 같은 문서를 다시 올릴 때도 씁니다.',
        'Say what the columns of a table are: "question=Q,answer=A"; without names in it, "question=#1,answer=#2". '
        "It is used for the next file of the same document too.",
    ),
    "knowledge.help.add_audience": (
        "이 자료를 볼 수 있는 그룹. 여러 번 쓸 수 있습니다. 쓰지 않으면 지금 그대로(새 자료는 모두에게)입니다. --stage와 함께 써도 바로 적용됩니다.",
        "A group that may see these documents; may be repeated. Without it they keep what they have, new ones are for everyone. It holds at once, also with --stage.",
    ),
    "knowledge.help.into": (
        "이 번호의 자료를 파일로 바꿉니다. 파일 이름은 달라도 됩니다.",
        "Replace the document of this number, whatever the file is called.",
    ),
    "knowledge.help.staged": ("게시를 기다리는 변경을 보여 줍니다.", "List the changes that wait to be published."),
    "knowledge.help.publish": (
        "기다리던 변경을 한꺼번에 게시합니다.",
        "Publish changes that wait, all at the same moment.",
    ),
    "knowledge.help.try": (
        "기다리는 변경에 실제 질문과 기준 질문을 물어보고, 지금 자료의 답과 무엇이 다른지 보여 줍니다. 게시하지는 않습니다.",
        "Ask real and golden questions of a change that waits, and show which answers differ. Nothing is published.",
    ),
    "knowledge.help.try_questions": ("물어볼 실제 질문 수.", "How many real questions to ask."),
    "knowledge.help.try_written": (
        "답이 달라지는 질문 가운데 모델로도 답해 볼 수. 비용이 듭니다.",
        "For how many answers that differ the model is asked as well. It costs money.",
    ),
    "knowledge.help.discard": ("기다리던 변경을 취소합니다.", "Discard changes that wait."),
    "knowledge.help.version": (
        "변경 번호. `dapbot knowledge staged`에 나옵니다.",
        "Number of the change, as `dapbot knowledge staged` shows it.",
    ),
    "knowledge.help.agreed": ("묻지 않고 게시합니다.", "Publish without asking."),
    "knowledge.help.history": ("자료의 버전을 보여 줍니다.", "List the versions of a document."),
    "knowledge.help.diff": ("두 버전에서 달라진 곳을 보여 줍니다.", "Show what differs between two versions."),
    "knowledge.help.older": ("이전 버전 번호.", "Number of the older version."),
    "knowledge.help.newer": ("새 버전 번호.", "Number of the newer version."),
    "knowledge.help.rollback": (
        "이전 버전으로 되돌립니다. 되돌린 것도 다시 되돌릴 수 있습니다.",
        "Bring back an earlier version; that can be undone the same way.",
    ),
    "knowledge.help.back_to": (
        "되돌릴 버전 번호. 쓰지 않으면 바로 이전 버전입니다.",
        "Number of the version to bring back; the one before if left out.",
    ),
    "knowledge.help.enable": ("자료를 다시 답변에 씁니다.", "Use a document in answers again."),
    "knowledge.help.disable": (
        "자료를 지우지 않고 답변에서 뺍니다.",
        "Keep a document out of answers without removing it.",
    ),
    "knowledge.help.audience_of": ("자료를 볼 수 있는 그룹을 정합니다.", "Say which groups may see a document."),
    "knowledge.help.groups": ("볼 수 있는 그룹.", "The groups that may see it."),
    "knowledge.help.everyone": ("모두가 볼 수 있게 합니다.", "Let everyone see it."),
    "knowledge.help.download": (
        "자료를 파일로 내려받습니다. 표에는 id 열이 있어 고쳐서 다시 올릴 수 있습니다.",
        "Write a document to a file; tables have an id column, to be edited and added again.",
    ),
    "knowledge.help.output": ("저장할 파일. -는 표준 출력입니다.", "File to write; - is standard output."),
    "knowledge.help.original": ("올렸던 파일 그대로 내려받습니다.", "The file exactly as it was uploaded."),
    "knowledge.help.alias": ("질문의 다른 표현을 관리합니다.", "Other ways to ask for an entry."),
    "knowledge.help.alias_add": ("항목을 찾는 다른 표현을 더합니다.", "Add another way to ask for an entry."),
    "knowledge.help.alias_list": ("다른 표현을 보여 줍니다.", "List the other ways to ask."),
    "knowledge.help.alias_remove": ("다른 표현을 지웁니다.", "Remove another way to ask."),
    "knowledge.help.alias_document": ("항목이 있는 자료 번호.", "Number of the document that has the entry."),
    "knowledge.help.alias_question": ("다르게 묻는 말.", "The other way to ask."),
    "knowledge.help.alias_id": (
        "표현 번호. `alias list`에 나옵니다.",
        "Number of the alias, as `alias list` shows it.",
    ),
    "knowledge.help.key": (
        "항목의 id. `dapbot knowledge show ID`에 나옵니다.",
        "Id of the entry, as `dapbot knowledge show ID` shows it.",
    ),
    "knowledge.staged": (
        "저장했지만 아직 게시하지 않았습니다({count}건). 게시: dapbot knowledge publish {ids}",
        "Stored and not published yet: {count}. To publish: dapbot knowledge publish {ids}",
    ),
    "knowledge.stored": ("보관한 파일 {size}", "files kept: {size}"),
    "knowledge.only_for": ("{groups}만 볼 수 있음", "only for {groups}"),
    "knowledge.disabled_mark": ("(쓰지 않음)", "(disabled)"),
    "knowledge.unpublished": ("(게시 전)", "(not published)"),
    "knowledge.key": ("id: {key}", "id: {key}"),
    "knowledge.alias_added": (
        "이제 '{alias}'(으)로 물어도 '{question}' 항목을 찾습니다.",
        "'{alias}' now finds '{question}'.",
    ),
    "knowledge.alias_removed": ("'{alias}' 표현을 지웠습니다.", "'{alias}' was removed."),
    "knowledge.no_aliases": (
        "등록된 다른 표현이 없습니다. `dapbot knowledge alias add ID 질문`으로 더할 수 있습니다.",
        "There are no aliases. `dapbot knowledge alias add KEY QUESTION` adds one.",
    ),
    "knowledge.would_be_added": ("새 자료", "new document"),
    "knowledge.would_be_changed": ("바뀌는 자료", "would be changed"),
    "knowledge.would_be_unchanged": ("그대로", "unchanged"),
    "knowledge.would_be_unreadable": ("읽지 못함", "cannot be read"),
    "knowledge.dry_run": (
        "아무것도 저장하지 않았습니다. --stage로 올리면 `dapbot knowledge try`로 실제 질문의 답이 어떻게 달라지는지 볼 수 있습니다.",
        "Nothing was written. Added with --stage, `dapbot knowledge try` shows which real questions would be answered "
        "otherwise.",
    ),
    "knowledge.and_more": ("… 그 밖에 {count}건", "… and {count} more"),
    "knowledge.nothing_staged": ("게시를 기다리는 변경이 없습니다.", "Nothing waits to be published."),
    "knowledge.published": (
        "'{name}' 버전 {number}을(를) 게시했습니다: 추가 {added}, 변경 {changed}, 삭제 {removed}.",
        "Published '{name}', version {number}: {added} added, {changed} changed, {removed} removed.",
    ),
    "knowledge.outdated": (
        "'{name}' {number} 버전은 더 새 변경이 함께 게시되어 취소했습니다.",
        "Version {number} of '{name}' was discarded: a newer change of it was published in the same call.",
    ),
    "knowledge.discarded": ("'{name}'의 기다리던 변경을 취소했습니다.", "The change of '{name}' was discarded."),
    "knowledge.meanwhile": (
        "그동안 '{name}' 자료가 버전 {number}(으)로 바뀌었습니다. 지금 게시하면 이렇게 바뀝니다.",
        "'{name}' was changed to version {number} meanwhile. Published now, this would change:",
    ),
    "knowledge.publish_anyway": ("그래도 게시할까요? [예/아니요]", "Publish nevertheless? [y/n]"),
    "knowledge.not_published": ("게시하지 않았습니다.", "Nothing was published."),
    "knowledge.state.staged": ("게시 전", "waiting"),
    "knowledge.state.requested": ("게시하는 중", "being published"),
    "knowledge.state.published": ("사용 중", "in use"),
    "knowledge.state.superseded": ("이전 버전", "earlier"),
    "knowledge.state.discarded": ("취소함", "discarded"),
    "knowledge.version": (
        "{date} · {author} · 추가 {added}, 변경 {changed}, 삭제 {removed}",
        "{date} · {author} · {added} added, {changed} changed, {removed} removed",
    ),
    "knowledge.restored": ("(버전 {number}을(를) 되살림)", "(brought back version {number})"),
    "knowledge.rolled_back": (
        "'{name}'을(를) 버전 {restored}의 내용으로 되돌렸습니다(새 버전 {number}).",
        "'{name}' says what version {restored} said again (as version {number}).",
    ),
    "knowledge.enabled": ("'{name}' 자료를 다시 답변에 씁니다.", "'{name}' is used in answers again."),
    "knowledge.disabled": ("'{name}' 자료를 답변에서 뺐습니다.", "'{name}' is no longer used in answers."),
    "knowledge.groups_or_everyone": ("그룹을 적거나 --everyone을 써 주세요.", "Name groups, or use --everyone."),
    "knowledge.for_everyone": ("이제 '{name}' 자료를 모두가 볼 수 있습니다.", "Everyone may see '{name}' now."),
    "knowledge.for_groups": ("이제 '{name}' 자료는 {groups}만 볼 수 있습니다.", "Only {groups} may see '{name}' now."),
    "knowledge.downloaded": ("{file} 파일로 저장했습니다.", "Written to {file}."),
    "knowledge.file_exists": (
        "{file} 파일이 이미 있습니다. -o로 다른 이름을 정해 주세요.",
        "{file} exists already. Choose another name with -o.",
    ),
    "knowledge.cannot_write": (
        "{file}: 파일을 쓸 수 없습니다({reason}).",
        "{file}: the file cannot be written ({reason}).",
    ),
    "knowledge.one_file": (
        "--document에는 파일 하나만 지정할 수 있습니다({count}개가 지정됨).",
        "--document takes one file ({count} were given).",
    ),
    "knowledge.needs_yes": (
        "터미널이 아니어서 물어볼 수 없습니다. 지우려면 --yes를 붙여 주세요.",
        "There is no terminal to ask on. Add --yes to remove it.",
    ),
    "knowledge.kept": ("지우지 않았습니다.", "Nothing was removed."),
    "knowledge.removed": ("'{name}' 자료를 지웠습니다.", "'{name}' was removed."),
    "knowledge.rebuilt": ("색인을 다시 만들었습니다: {count}건.", "The indexes were built anew. Entries: {count}."),
    "knowledge.no_question": ("찾을 질문을 적어 주세요.", "Write the question to search for."),
    "knowledge.nothing_found": ("찾은 항목이 없습니다.", "Nothing was found."),
    "knowledge.confidence": ("답할 수 있는 정도: {share}", "Confidence: {share}"),
    "knowledge.keyword_score": ("낱말", "keywords"),
    "knowledge.vector_score": ("의미", "meaning"),
    # --- checking the documents (bot/checkup_words.py)
    "checkup.checking": ("자료를 점검하는 중", "Checking"),
    "checkup.entries": (
        "점검한 항목: 한국어 {korean:,}건, 영어 {english:,}건",
        "Entries checked: {korean:,} Korean, {english:,} English",
    ),
    "checkup.nothing": (
        "등록된 자료가 없습니다. `dapbot knowledge add`로 자료를 넣어 주세요.",
        "There are no documents. Add some with `dapbot knowledge add`.",
    ),
    "checkup.language_ko": ("한국어", "Korean"),
    "checkup.language_en": ("영어", "English"),
    "checkup.search_ko": ("한국어 검색 (항목 {count:,}건)", "Search in Korean ({count:,} entries)"),
    "checkup.search_en": ("영어 검색 (항목 {count:,}건)", "Search in English ({count:,} entries)"),
    "checkup.asked": (
        "자료에서 만든 질문 {count}개를, 그 표현이 자료에 없다고 치고 물어보았습니다: {kinds}",
        "{count} questions were made from the documents and asked as if their wording were not there: {kinds}",
    ),
    "checkup.kind.alias": ("다른 표현 {count}개", "other wordings {count}"),
    "checkup.kind.question": ("질문 {count}개", "questions {count}"),
    "checkup.kind.title": ("제목 {count}개", "titles {count}"),
    "checkup.kind.sentence": ("핵심 문장 {count}개", "key sentences {count}"),
    "checkup.found": (
        "  맞는 항목을 첫째로 찾은 비율 {first}, 셋째 안에 찾은 비율 {three}",
        "  The right entry was found first in {first}, among the first three in {three}",
    ),
    "checkup.leg.words": ("낱말 {share}", "words {share}"),
    "checkup.leg.bigrams": ("글자 {share}", "letters {share}"),
    "checkup.leg.vectors": ("의미 {share}", "meaning {share}"),
    "checkup.serves.keywords": (
        "{language} 질문은 낱말과 글자로 찾습니다. 의미 검색은 쓰지 않습니다.",
        "Questions in {language} are looked for by words and letters; meaning is not compared.",
    ),
    "checkup.serves.both": (
        "{language} 질문은 낱말과 의미를 함께 써서 찾습니다.",
        "Questions in {language} are looked for by words and by meaning.",
    ),
    "checkup.serves.random": (
        "{language}에서는 의미 검색이 거의 맞히지 못합니다. 낱말 검색이 대신 찾고 있습니다.",
        "In {language} the comparison of meaning finds next to nothing of what it should; words do the work.",
    ),
    "checkup.setting.other_language": (
        "지금 임베딩 모델은 이 언어를 읽지 못합니다. 여러 언어를 읽는 모델의 폴더나 이름을 DAPBOT_EMBEDDING_MODEL에 적으면 "
        "의미 검색도 쓸 수 있습니다.",
        "The embedding model does not read this language. Name one that reads several, or its folder, in "
        "DAPBOT_EMBEDDING_MODEL, and meaning is compared too.",
    ),
    "checkup.setting.off": (
        "의미 검색이 꺼져 있습니다: {why}. DAPBOT_EMBEDDING_MODEL을 확인해 주세요.",
        "The comparison of meaning is off: {why}. Look at DAPBOT_EMBEDDING_MODEL.",
    ),
    "checkup.setting.random": (
        "이 언어에 맞는 다른 모델을 DAPBOT_EMBEDDING_MODEL에 적어 보세요.",
        "Try another model that suits this language, in DAPBOT_EMBEDDING_MODEL.",
    ),
    "checkup.factor": (
        "이 결과에 맞춰 의미 검색의 비중을 기본의 {factor}배로 정했습니다.",
        "Going by this, meaning now counts {factor} times as much as by default.",
    ),
    "checkup.line": (
        "지금 기준으로 이 질문의 {answered}에 답하고, 맞는 항목이 없었다면 {wrong}에 다른 항목으로 답했을 것입니다. "
        "기준은 DAPBOT_LINE(careful, balanced, eager)으로 바꿉니다.",
        "At the present line {answered} of these questions are answered; without the right entry {wrong} would have been "
        "answered with another one. DAPBOT_LINE (careful, balanced, eager) moves the line.",
    ),
    "checkup.contradictions": ("서로 다르게 말하는 항목: {count}쌍", "Entries that contradict each other: {count}"),
    "checkup.contradictions_do": (
        "어느 쪽이 맞는지 확인하고 틀린 쪽을 고치거나 지워 주세요.",
        "See which one is right, and correct or remove the other.",
    ),
    "checkup.no_contradictions": ("서로 다르게 말하는 항목이 없습니다.", "No entries contradict each other."),
    "checkup.duplicates": ("같은 내용이 두 번 있는 항목: {count}쌍", "Entries that say the same twice: {count}"),
    "checkup.duplicates_do": (
        "하나만 남기고, 지우는 쪽의 질문은 남는 항목의 다른 표현으로 넣어 주세요.",
        "Keep one, and give it the other one's question as another wording.",
    ),
    "checkup.no_duplicates": ("같은 내용이 두 번 있는 항목이 없습니다.", "Nothing is said twice."),
    "checkup.overlaps": ("같은 질문에 나뉘어 답하는 항목: {count}쌍", "Entries that answer the same question: {count}"),
    "checkup.overlaps_do": (
        "하나로 합치면 검색이 더 정확해집니다.",
        "The search does better where they are put together.",
    ),
    "checkup.no_overlaps": ("같은 질문에 나뉘어 답하는 항목이 없습니다.", "No question is answered in two places."),
    "checkup.difference.number": ("숫자나 금액이 다릅니다", "Another number or amount"),
    "checkup.difference.date": ("날짜가 다릅니다", "Another date"),
    "checkup.difference.time": ("시각이 다릅니다", "Another time"),
    "checkup.difference.phone": ("전화번호가 다릅니다", "Another telephone number"),
    "checkup.difference.weekday": ("요일이 다릅니다", "Another day of the week"),
    "checkup.difference.negation": ("한쪽은 된다고, 다른 쪽은 안 된다고 합니다", "One says yes, the other one no"),
    "checkup.expired": ("유효 기간이 지난 항목: {count}건", "Entries that have expired: {count}"),
    "checkup.expired_do": (
        "답변에 쓰이지 않습니다. 기간을 늘리거나 지워 주세요.",
        "They are not used for answers any more. Give them a later end, or remove them.",
    ),
    "checkup.no_expired": ("유효 기간이 지난 항목이 없습니다.", "Nothing has expired."),
    "checkup.expiring": (
        "{days}일 안에 유효 기간이 끝나는 항목: {count}건",
        "Entries that expire within {days} days: {count}",
    ),
    "checkup.expiring_do": ("끝난 뒤에 쓸 내용을 준비해 주세요.", "Prepare what is to be said after that."),
    "checkup.no_expiring": (
        "{days}일 안에 유효 기간이 끝나는 항목이 없습니다.",
        "Nothing expires within {days} days.",
    ),
    "checkup.unread": (
        "지난 {days}일 동안 한 번도 답변에 쓰이지 않은 항목: {count:,}건 (답변 {answers:,}건)",
        "Entries that no answer of the last {days} days used: {count:,} (of {answers:,} answers)",
    ),
    "checkup.unread_do": (
        "아무도 묻지 않았거나, 사람들이 쓰는 말로 찾을 수 없는 항목입니다.",
        "Nobody asked for them, or they cannot be found in the words people use.",
    ),
    "checkup.no_unread": (
        "지난 {days}일 동안 모든 항목이 답변에 쓰였습니다.",
        "Every entry was used for an answer in the last {days} days.",
    ),
    "checkup.unread_unknown": (
        "지난 {days}일 동안의 답변이 {count}건뿐이라, 쓰이지 않는 항목은 아직 알 수 없습니다.",
        "Only {count} answers were given in the last {days} days: too few to tell which entries are never used.",
    ),
    "checkup.unanswered": (
        "지난 {days}일 동안 답하지 못한 질문: {count}가지",
        "Questions of the last {days} days without an answer: {count}",
    ),
    "checkup.unanswered_do": (
        "답이 있는 항목에 이 표현을 더하거나(`dapbot knowledge alias add`), 새 항목을 만들어 주세요.",
        "Add the wording to the entry that answers it (`dapbot knowledge alias add`), or write a new entry.",
    ),
    "checkup.no_unanswered": (
        "지난 {days}일 동안 답하지 못한 질문이 없습니다.",
        "Every question of the last {days} days was answered.",
    ),
    "checkup.asked_times": ("   · {question} ({count}번)", "   · {question} (asked {count} times)"),
    "checkup.more": (
        "외 {count:,}건 (전체는 --json으로 볼 수 있습니다)",
        "and {count:,} more (--json has all of them)",
    ),
    "checkup.row": ("{row}행", "row {row}"),
    "checkup.sheet_row": ("{sheet} 시트 {row}행", "sheet {sheet}, row {row}"),
    "checkup.page": ("{page}쪽", "page {page}"),
    "author.local": ("이 컴퓨터", "this machine"),
    "author.guest": ("손님 {code}", "guest {code}"),
    "author.token": ("{name}(API 토큰)", "{name} (API token)"),
    "author.slack": ("Slack의 {name}", "{name} (Slack)"),
    "author.command": ("{name}(명령줄)", "{name} (command line)"),
}
