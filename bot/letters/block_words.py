"""The words that mail programs write around a forwarded or quoted mail, in the languages that they have.

Sources: what the programs themselves put there (Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Naver, Daum, Kakao,
Samsung, Hiworks, Naver Works), gathered by hand. Names are compared without spaces and in small letters.
"""

from typing import Literal

Field = Literal["from", "date", "subject", "to", "cc", "other"]

_NAMES: dict[Field, str] = {
    "from": (
        "From|Sender|Von|Absender|De|De la|Expéditeur|Remitente|Remetente|Da|Mittente|Od|Odesílatel|Odosielateľ|"
        "Nadawca|Pošiljatelj|Šalje|Van|Afzender|Fra|Avsender|Afsender|Från|Avsändare|Lähettäjä|Saatja|Kellelt|Feladó|"
        "Küldő|Expeditor|От|От кого|Отправитель|Від|Від кого|Відправник|Kimden|Gönderen|Από|Αποστολέας|Từ|Người gửi|"
        "Dari|Pengirim|จาก|מאת|من|No|Nuo|보낸 사람|보낸이|보내는 사람|보낸 분|발신|발신자|발신인|송신|송신자|작성자|"
        "송신인|발송자|보낸사람명|差出人|送信者|送信元|发件人|发送人|寄件者|寄件人|發件人"
    ),
    "date": (
        "Date|Sent|Date Sent|Sent On|Datum|Gesendet|Gesendet am|Fecha|Enviado|Enviado el|Enviada|Enviada em|"
        "Enviado em|Date d'envoi|Envoyé|Envoyé le|Data|Inviato|Inviato il|Data invio|Verzonden|Verzonden op|Dato|"
        "Sendt|Sendt den|Skickat|Päivämäärä|Päiväys|Pvm|Lähetetty|Kuupäev|Saadetud|Saatmisaeg|Dátum|Küldve|Elküldve|"
        "Küldés dátuma|Wysłano|Wysłane|Data wysłania|Дата|Отправлено|Дата отправки|Odesláno|Odoslané|Dátum odoslania|"
        "Poslano|Trimis|Trimis la|Data trimiterii|Tarih|Gönderildi|Gönderilme Tarihi|Gönderme Tarihi|Надіслано|"
        "Відправлено|Ημερομηνία|Στάλθηκε|Ngày|Ngày gửi|Đã gửi|Tanggal|Dikirim|วันที่|ส่ง|תאריך|נשלח|التاريخ|"
        "تاريخ الإرسال|날짜|날자|일시|일자|보낸 날짜|보낸 시간|보낸 시각|보낸 일시|보낸 날|발송일|발송일시|발송 시간|"
        "발신일|발신일시|발신 일시|작성일|작성일시|받은 날짜|보낸시각|전송일|전송 일시|송신일|송신 일시|Sent Date|"
        "Sent Time|수신 날짜|送信日時|日時|日付|送信日|发送时间|发送日期|日期|时间|寄件日期|寄件時間|傳送日期|"
        "傳送時間|發送日期|時間"
    ),
    "subject": (
        "Subject|Title|Betreff|Asunto|Objet|Sujet|Oggetto|Onderwerp|Emne|Ämne|Aihe|Otsikko|Teema|Tárgy|Temat|Assunto|"
        "Тема|Předmět|Predmet|Naslov|Subiect|Konu|Θέμα|Chủ đề|Tiêu đề|Subjek|Perihal|เรื่อง|נושא|الموضوع|제목|건명|"
        "메일 제목|글제목|件名|主题|主旨|主題|标题"
    ),
    "to": (
        "To|Recipient|Recipients|An|Empfänger|Para|Destinatario|Destinatário|À|Pour|A|Destinataire|Aan|Til|Modtager|"
        "Mottaker|Till|Vastaanottaja|Vastaanottajat|Kenelle|Saaja|Kellele|Adressaat|Címzett|Címzettek|Do|Adresat|"
        "Кому|Получатель|Komu|Pre|Prima|Za|Primatelj|Către|Catre|La|Destinatar|Kime|Alıcı|Одержувач|Προς|Đến|Tới|"
        "Người nhận|Kepada|Untuk|ถึง|אל|إلى|받는 사람|받는이|받은 사람|받는 분|수신|수신자|수신인|받은이|宛先|收件人|"
        "收件者"
    ),
    "cc": (
        "Cc|Copy|Kopie|Kopie an|Copia|Con copia|Copie|Copie à|Per conoscenza|Kopi|Kopi til|Kopia|Kopio|Koopia|"
        "Másolat|Másolatot kap|DW|Do wiadomości|Копия|Копія|Kópia|Kopija|Com cópia|Cópia|Bilgi|Κοιν|Κοινοποίηση|"
        "Đồng gửi|Tembusan|สำเนา|העתק|نسخة|참조|참조자|참조인|抄送|副本"
    ),
    "other": (
        "Bcc|Cci|Cco|Ccn|Blindkopie|UDW|Skrytá kopie|숨은 참조|숨은참조|Reply-To|Reply To|Antwort an|Répondre à|"
        "Risposta|Rispondi a|Responder a|Odpovědět|Importance|Priority|Wichtigkeit|Priorität|Importancia|Prioridad|"
        "Importanza|Importância|Prioridade|Важность|Attachments|Attachment|Anlagen|Anhänge|Pièces jointes|"
        "Datos adjuntos|Allegati|Bijlagen|첨부|첨부 파일|첨부파일|중요도|우선순위|답장 받는 사람|회신|회신 주소|附件|"
        "重要性|添付ファイル|重要度|Organization|Organisation|Message-ID|User-Agent|Resent-From|Resent-To|"
        "Resent-Date|Mailing-List|Newsgroups|X-Mailer|Sensitivity|Auto forwarded by a Rule|Categories|Signed By|"
        "Security"
    ),
}

HEAD_NAMES: dict[str, Field] = {
    "".join(name.casefold().split()): field for field, names in _NAMES.items() for name in names.split("|")
}
"""What the lines above a forwarded mail are called, without spaces and in small letters."""

GLUED_NAMES: tuple[str, ...] = tuple(
    sorted((name for field, names in _NAMES.items() if field != "other" for name in names.split("|")), key=len)[::-1]
)
"""The same as they are written, longest first: Yahoo has them all in one line."""

FORWARDED = tuple(
    "forward|weitergeleitet|weiterleit|transféré|transfér|réexpédi|transmis|reenviad|reencaminh|encaminh|inoltrat|"
    "doorgestuurd|doorsturen|videresend|vidarebefordr|välitet|edastat|edasi|továbbít|przekazan|przekazywan|przesłan|"
    "přepos|preposl|prenesen|proslijeđ|prosljeđ|redirecți|redirecti|redirecţ|retransmis|пересыл|пересл|перенаправ|"
    "переадресов|пересил|переадрес|i̇let|ilet|yönlendir|προωθ|chuyển tiếp|diteruskan|ส่งต่อ|הועבר|מועבר|"
    "المعاد توجي|전달|転送|转发|轉寄|轉發".split("|")
)
"""Stems of "forwarded" in the line above a forwarded mail."""

ORIGINAL = tuple(
    "original message|original e-mail|original email|original mail|ursprüngliche nachricht|originalnachricht|"
    "ursprungsnachricht|mensaje original|message d'origine|message original|message initial|messaggio originale|"
    "messaggio d'origine|oorspronkelijk bericht|original besked|oprindelig meddelelse|opprinnelig melding|"
    "originalmeddelande|ursprungligt meddelande|alkuperäinen viesti|algne kiri|algsõnum|algsõnum|eredeti üzenet|"
    "wiadomość oryginalna|oryginalna wiadomość|mensagem original|исходное сообщение|оригинальное сообщение|"
    "původní zpráva|pôvodná správa|izvorna poruka|originalna poruka|mesaj original|mesajul original|orijinal mesaj|"
    "özgün ileti|оригінальне повідомлення|αρχικό μήνυμα|tin nhắn gốc|thư gốc|pesan asli|元のメッセージ|原始邮件|"
    "原始郵件|邮件原件|reply message|원본 메시지|원본 메일|원본메일|원본메시지|원본 이메일|원본 전자 메일|원문 메일|"
    "원문|원래 메시지|원래 메일|받은 메일 내용|받은 메일|받은메일|이전 메시지|원본".split("|")
)
"""What stands between lines above a quoted mail."""

WROTE = tuple(
    "wrote|writes|said|schrieb|geschrieben|escribió|escribio|ha escrito|a écrit|écrit|napisana|ha scritto|scrive|"
    "schreef|geschreven|skrev|kirjoitti|kirjutas|írta|ezt írta|napisał(a)|napisał|napisała|pisze|napsal(a)|napsal|"
    "napsala|napísal(a)|napísal|napísala|napisao je|napisala je|napisao|napisala|je napisao/la|pisao je|escreveu|"
    "a scris|написал(а)|написал|написала|пишет|написав(ла)|написав|написала|пише|yazdı|yazmış|έγραψε|đã viết|menulis|"
    "เขียน|כתב/ה|כתב|כתבה|كتب|님이 작성|님이 작성했습니다|님이 작성하였습니다|님이 작성한 글|님이 작성한 내용|"
    "님이 다음을 작성|이(가) 쓴 글|님이 쓴 글|작성|쓴 글|님이 씀|님의 글|님께서 작성|님의 말|님의 메일|"
    "님이 보낸 메일|のメール|さんは書きました|書きました|のメッセージ|写道|寫道|撰写|來信".split("|")
)
"""Verbs of the line above a quote."""

BEGINNINGS = tuple(
    "on |am |le |el |il |op |em |den |dnia |w dniu |d. |på |v |dne |dňa |la |în |pe |tarihinde |la data |u |dana |"
    "em |a(z) |on\t|at |vào |pada |ב-|στις |στισ |kuupäeval |wiadomość napisana |в |il giorno |le jour |no dia ".split(
        "|"
    )
)
"""How the line above a quote begins where it does not begin with the date itself."""

FORWARD_PREFIXES = frozenset(
    "fw fwd wg tr rv enc i pd vl vb vidarebefordrat videresend videresendt vs doorst fs továbbítás továbbított tovább"
    " redir redirecționat i̇lt ilt ilet προθ πρθ edasi edastus hl μτφ dos послано пересл пересылка na трансфер"
    " proslijeđeno preposlané 전달 전송 재전송 转发 轉寄 轉發 転送 fwd전달 전달됨".split()
)
REPLY_PREFIXES = frozenset(
    "re aw sv antw antwort res resp rif r odp ynt yan απ σχετ vá válasz ref отв ответ відп 답장 회신 답변 回复 回覆 "
    "答复 返信 bls atb rép ré".split()
)

WEAK = frozenset("작성 said says 글 撰写".split())
"""Verbs that stand in other lines with a colon too: an address must be there as well."""

CONNECTING = frozenset(
    "am pm a.m p.m 에 에서 님 uur uhr h kl kello klo heeft schrieb skrev schreef schrieb používateľ uživatel "
    "пользователь keltezéssel keltezésssel időpontban dátummal kor from от od von van från fra de by da em à às a u "
    "v o r г р в gmt utc kst jst cet cest ο/η přez przez użytkownik wrote kirjutas".split()
)
"""Words that may stand between a date and a name."""
