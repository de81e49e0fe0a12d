"""`/metrics`: figures for Prometheus, to whoever is on this machine, or shows an API token of a viewer."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from connectors.web.askers import bot_of

router = APIRouter()


@router.get("/metrics", summary="Figures for Prometheus")
def metrics(request: Request) -> Response:
    """Give the figures of this process, and what the database says of all, in Prometheus' text form.

    On this machine nothing else is needed; from elsewhere an API token with the role viewer or above.
    """
    from bot.metrics import CONTENT_TYPE

    return Response(bot_of(request).metrics.page(), media_type=CONTENT_TYPE)
