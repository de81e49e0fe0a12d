"""Files to download, by whatever name they have."""

from urllib.parse import quote

from starlette.responses import Response


def attachment(name: str, media: str, data: bytes) -> Response:
    """Return a file that the browser saves and never shows; the name in both ways that browsers know."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;/' else "_" for c in name) or "file"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media, headers={"content-disposition": disposition})
