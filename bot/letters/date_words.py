"""Names of months, weekdays, halves of the day and zones, as mail programs write them."""

from datetime import timedelta

_MONTHS = (
    "january jan januar janvier janv januari gennaio gen enero ene janeiro styczeń stycznia sty ledna leden január "
    "január ianuarie ian ocak oca января янв січня січ siječnja sij jaanuar tammikuuta tammikuu ιανουαρίου ιαν "
    "jänner января jaan",
    "february feb februar février févr fév februari febbraio febrero fev fevereiro luty lutego lut února únor "
    "február februára februarie şubat şub февраля фев февр лютого лют veljače velj veebruar veebr helmikuuta "
    "helmikuu φεβρουαρίου φεβ",
    "march mar märz mär mars mrt maart marzo marts março marec marca března březen március márc martie mart марта мар"
    " березня бер ožujka ožu märts maaliskuuta maaliskuu μαρτίου μαρ",
    "april apr avril avr aprile abril abr kwietnia kwiecień kwi dubna duben április ápr apríl apríla aprilie nisan nis"
    " апреля апр квітня квіт travnja tra aprill huhtikuuta huhtikuu απριλίου απρ",
    "may mai maj mei mag maggio mayo maio maja května květen május máj mája mayıs мая май травня трав svibnja svi"
    " toukokuuta toukokuu μαΐου μαΐ",
    "june jun juni juin giugno giu junio junho jun czerwca czerwiec cze června červen június jún júna iunie iun haziran"
    " haz июня июн червня черв lipnja lip juuni kesäkuuta kesäkuu ιουνίου ιουν",
    "july jul juli juillet juil luglio lug julio julho lipca lipiec července červenec július júl júla iulie iul temmuz"
    " tem июля июл липня srpnja srp juuli heinäkuuta heinäkuu ιουλίου ιουλ",
    "august aug août aou agosto ago ago augusti augustus sierpnia sierpień sie srpna srpen augusztus augusta avgust"
    " ağustos ağu августа авг серпня серп kolovoza kol elokuuta elokuu αυγούστου αυγ",
    "september sep sept septembre settembre set septiembre setembro września wrzesień wrz září szeptember szept "
    "septembra septembrie eylül eyl сентября сен сент вересня вер rujna ruj syyskuuta syyskuu σεπτεμβρίου σεπ",
    "october oct oktober okt octobre ottobre ott octubre outubro out października październik paź října říjen október"
    " októbra octombrie ekim eki октября окт жовтня жовт oktoober lokakuuta lokakuu οκτωβρίου οκτ",
    "november nov novembre novembro noviembre listopada lis listopadu november novembra noiembrie kasım kas ноября ноя"
    " нояб листопада лист studenoga studenog stu marraskuuta marraskuu νοεμβρίου νοε",
    "december dec dezember dez décembre déc dicembre dic diciembre dezembro grudnia grudzień gru prosince prosinec"
    " decembra decembrie aralık ara декабря дек грудня груд prosinca pro detsember dets joulukuuta joulukuu δεκεμβρίου"
    " δεκ desember des",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""Months by their names and short forms, in small letters."""

CROATIAN = frozenset("u ponedjeljak utorak srijeda četvrtak petak subota nedjelja pon uto sri čet sub ned".split())
"""Words by which "listopada" is October, as in Croatian, not November, as in Polish."""

AFTERNOON = frozenset("pm p.m p.m. 오후 下午 午後 晚上 öös ös chiều μμ μ.μ. du. p. du م em. เย็น".split())
BEFORE_TIME = frozenset("오전 오후 上午 下午 午前 午後 凌晨 早上 晚上 AM PM ÖÖ ÖS".split())
"""Halves of the day that stand before the time; "Am" there begins a German line."""

MORNING = frozenset("am a.m a.m. 오전 上午 午前 凌晨 早上 öö sáng πμ π.μ. de. a. ص fm.".split())

ZONES: dict[str, timedelta] = {
    name: timedelta(hours=hours)
    for name, hours in (
        ("UTC", 0),
        ("GMT", 0),
        ("Z", 0),
        ("WET", 0),
        ("WEST", 1),
        ("BST", 1),
        ("CET", 1),
        ("MEZ", 1),
        ("SEČ", 1),
        ("CEST", 2),
        ("MESZ", 2),
        ("SELČ", 2),
        ("EET", 2),
        ("SAST", 2),
        ("EEST", 3),
        ("MSK", 3),
        ("TRT", 3),
        ("WIB", 7),
        ("ICT", 7),
        ("SGT", 8),
        ("HKT", 8),
        ("AWST", 8),
        ("KST", 9),
        ("JST", 9),
        ("한국 표준시", 9),
        ("대한민국 표준시", 9),
        ("日本標準時", 9),
        ("中国标准时间", 8),
        ("台北標準時間", 8),
        ("AEST", 10),
        ("AEDT", 11),
        ("NZST", 12),
        ("NZDT", 13),
        ("BRT", -3),
        ("ART", -3),
        ("ADT", -3),
        ("AST", -4),
        ("EDT", -4),
        ("EST", -5),
        ("CDT", -5),
        ("CST", -6),
        ("MDT", -6),
        ("MST", -7),
        ("PDT", -7),
        ("PST", -8),
        ("HST", -10),
    )
}
"""Zones by the short names that stand in mails; CST is read as in America, as RFC 5322 has it."""
