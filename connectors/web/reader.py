"""The language of whoever reads a page or an error: their choice, the setting, then what their browser prefers."""

from starlette.requests import Request

from knowledge.language import Language

LANGUAGE_COOKIE = "dapbot_language"
LANGUAGE_SECONDS = 365 * 24 * 3600


def reader_language(request: Request) -> Language:
    """Return the language: ``?lang=``, the remembered choice, ``DAPBOT_LANGUAGE``, Accept-Language, Korean."""
    app = request.scope.get("app")
    settled = app.state.language if app else ""
    for wish in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE), settled):
        if wish in ("ko", "en"):
            return "ko" if wish == "ko" else "en"
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> Language:
    """Return the better liked of our two languages in an Accept-Language header.

    A header that names neither (French, say) is answered in English, no header at all in Korean.
    """
    best: dict[str, float] = {}
    for part in header[:1000].split(","):
        tag, _, weight = part.strip().partition(";")
        best.setdefault(tag.split("-")[0].strip().lower(), _quality(weight))
    korean, english = best.get("ko", 0.0), best.get("en", 0.0)
    if korean or english:
        return "ko" if korean >= english else "en"
    return "en" if best.keys() - {"", "*"} else "ko"


def _quality(weight: str) -> float:
    """Return the q value of ``q=0.8``: 1 without one, 0 where it cannot be read."""
    if not weight.strip():
        return 1.0
    name, _, number = weight.strip().partition("=")
    digits = number.strip()
    if name.strip() != "q" or not digits.replace(".", "", 1).isdecimal() or not digits.isascii():
        return 0.0
    return min(float(digits), 1.0)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asked for a page, rather than a program for data."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")
