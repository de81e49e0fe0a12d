"""Words of signatures, of what telephones add, and of the warnings that companies put below a mail."""

DEVICES = (
    r"(?:sent|gesendet|envoyé|enviado|inviato|verzonden|verstuurd|skickat|sendt|lähetetty|wysłan[eo]|trimis|odesláno|"
    r"elküldve|saadetud|poslano|отправлено|надіслано|dikirim|gönderildi)\b.{0,80}(?:iphone|ipad|ipod|android|galaxy|"
    r"samsung|mobile|mobil|handy|phone|telefoon|smartphone|blackberry|outlook|mail|mailbox|airmail|yahoo|htc|lg|"
    r"xiaomi|huawei|pixel|windows|device|cell|ti-\d+|alcatel|nokia|ios|proton|spark|mobiel|móvil|cellulare|puhelime)|"
    r"sent (?:from|via|by|with|using) .{2,60}|(?:von|aus|mit) mein(?:em|er) .{2,40}(?:gesendet|geschickt)|"
    r"(?:diese )?nachricht wurde von mein.{3,80}gesendet|get outlook for .{2,80}|get \[outlook for .{2,80}|"
    r"(?:télécharge[rz]|obtene?r?|scarica|hol dir|download) outlook .{2,60}|(?:someone )?from (?:my )?(?:mobile|"
    r"i?phone|ipad|blackberry)\b.{0,20}|從我的 .{2,30}傳送|发自我的.{0,30}|從我的.{2,30}|iphoneから送信|"
    r".{0,20}から送信|(?:나의|내|제)? ?(?:iphone|ipad|galaxy|갤럭시|아이폰|아이패드|휴대폰|휴대전화|스마트폰|mobile|"
    r"핸드폰).{0,20}에서 (?:보냄|보냈습니다|전송됨|전송했습니다|발송|작성|보낸 메일입니다)|.{1,40}(?:앱|app|outlook|"
    r"메일|mail|모바일|samsung)[^.]{0,15}(?:에서|으로|로) (?:보냄|보냈습니다|전송됨|발송됨|보낸 메일입니다|작성됨)|"
    r"(?:ios|android)용 outlook(?: 다운로드| 받기)?.{0,60}|outlook for (?:ios|android) 다운로드.{0,60}|"
    r"envoyé (?:à partir de|depuis) .{2,60}|enviado desde .{2,60}|enviado (?:do|a partir do) .{2,60}|"
    r"inviato da .{2,60}|mit (?:der )?.{2,30}(?:app|mail).{0,20}gesendet|sendt fra min .{2,40}|"
    r"skickat från min .{2,40}|отправлено с .{2,60}|отправлено из .{2,60}|wysłane z .{2,60}|verzonden (?:vanaf|met|"
    r"via) .{2,60}|verstuurd vanaf .{2,60}"
)

WARNINGS = (
    r"본 (?:메일|이메일|전자우편|전자메일|e-?mail|메시지)(?:은|는|에는|과|의|에)?.{0,80}(?:기밀|비밀|지정된|수신인|"
    r"수신자|법적|법률|보안|첨부|업무상|발신전용|발신 전용)|이 (?:메일|이메일|전자우편|전자메일|e-?mail|메시지)(?:은|"
    r"는|에는|과|의|에)?.{0,60}(?:기밀|비밀|지정된 수신|수신인|수신자에게만|법적|법률|업무상|만을 위한)|(?:잘못|"
    r"실수로) (?:전송|수신|전달|송신|발송).{0,80}(?:삭제|폐기|알려|연락|통보)|무단.{0,30}(?:복사|복제|배포|공개|"
    r"사용).{0,60}(?:금지|금합|처벌|위반)|부정경쟁방지|(?:this|the|these) (?:e-?mail|message|communication|"
    r"information|transmission|electronic).{0,160}(?:confidential|privileged|intended (?:only |solely )?(?:for|"
    r"recipient)|proprietary)|confidentiality (?:notice|note|statement)|if you (?:are not|"
    r"have received).{0,60}(?:intended|in error|by mistake)|not the intended recipient|"
    r"please consider the environment|think before (?:you )?print|before printing this|diese (?:e-?mail|"
    r"nachricht).{0,120}(?:vertraulich|geschützt)|ce (?:message|courriel|mail).{0,120}confidentiel|"
    r"le informazioni contenute.{0,120}(?:riservat|confidenzial)|este (?:mensaje|correo|mensagem).{0,140}confiden|"
    r"esta mensagem.{0,140}confiden|dit bericht.{0,120}vertrouwelijk|persone diverse dal destinatario|"
    r"se ricevete questo messaggio per errore|questo messaggio.{0,80}(?:riservat|confidenzial)|"
    r"данное сообщение.{0,120}конфиденц|this email is confidential|virus-free|scanned (?:for|by) .{0,40}virus|"
    r"인쇄하기 전에|환경을 생각|발신 ?전용|회신이? 되지 않|수신을? 원(?:하지|치) 않"
)

LABELS = (
    r"(?:^|[\s|/,(])(?:t|tel|telephone|phone|ph|m|mob|mobile|mobil|h\.?p|cell|fax|f|e|e-?mail|mail|web|homepage|url|"
    r"addr|address|www|직통|전화|전화번호|휴대폰|휴대전화|핸드폰|팩스|이메일|메일|주소|홈페이지|연락처|대표전화|대표|"
    r"tel\.|fax\.)\s*[.:|)/)::]"
)

TITLES = (
    r"(?:대표이사|대표|이사|상무|전무|부사장|사장|본부장|실장|부장|차장|과장|대리|주임|사원|팀장|파트장|책임|선임|"
    r"수석|연구원|매니저|프로|그룹장|센터장|원장|교수|변호사|회계사|노무사)"
)

CLOSINGS = (
    r"(?:감사합니다|고맙습니다|수고하세요|수고하십시오|안녕히 계(?:세요|십시오)|좋은 하루.{0,12}|행복한 하루.{0,12}|"
    r"이만 줄입니다|best regards|kind regards|regards|best|thanks|thank you|many thanks|sincerely|sincerely yours|"
    r"yours sincerely|cheers|mit freundlichen grüßen|viele grüße|cordialement|saludos|cordiali saluti|atenciosamente|"
    r"med vänlig hälsning|敬具|よろしくお願い.{0,10}|此致|谢谢)[\s.,!~^]*"
)

ASKING = (
    r"부탁|바랍니다|바라며|주세요|주십시오|주시면|주실|주시기|해주|알려|회신|답변|확인|검토|가능(?:할까|한지|하실)|"
    r"될까요|할까요|나요\?|인가요|까지|요청|필요합니다|\?|please|could you|can you|would you|let me know|need|asap|"
    r"deadline|by (?:mon|tue|wed|thu|fri)|bitte|veuillez|pourriez|por favor|per favore|お願い|ください|请"
)
