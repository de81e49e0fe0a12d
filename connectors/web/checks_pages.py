"""The page of checks: what was found, what to do about it, and "check now" for each connection."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from connectors.web.askers import bot_of
from connectors.web.checks import Checks, Group
from connectors.web.desk import form_at
from connectors.web.pages import visited
from connectors.web.people import require
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.templating import fragment
from knowledge.language import Language

router = APIRouter(prefix="/admin/checks", include_in_schema=False)


def checks_in(request: Request) -> Checks:
    """Return the checks of this server."""
    checks: Checks = request.app.state.checks
    return checks


@router.get("")
def checks(request: Request) -> Response:
    """Show what the last checks found; those that were never made are not begun by looking."""
    require(request, "admin")
    groups = checks_in(request).groups()
    running = any(group.running for group in groups)
    return visited(request, "checks.html", groups=_seen(request, groups), running=running)


@router.get("/state")
def state(request: Request) -> Response:
    """Give the groups as the page shows them, while checks run."""
    require(request, "admin")
    groups = checks_in(request).groups()
    token = request.app.state.visitors.known(request)
    html = fragment(
        "check_groups.html", reader_language(request), groups=_seen(request, groups), token=token.token if token else ""
    )
    running = any(group.running for group in groups)
    return HTMLResponse(html, headers={"x-running": "1" if running else "0"})


@router.post("")
async def check_all(request: Request) -> Response:
    """Begin all checks."""
    await form_at(request, "admin")
    checks_in(request).begin()
    return RedirectResponse("/admin/checks", 303)


@router.post("/{name}")
async def check(request: Request, name: str) -> Response:
    """Begin the checks of one group."""
    await form_at(request, "admin")
    if name not in checks_in(request).names:
        raise Refused(404, "web.status.404")
    checks_in(request).begin(name)
    return RedirectResponse(f"/admin/checks#{name}", 303)


def _seen(request: Request, groups: list[Group]) -> list[dict[str, Any]]:
    language, zone = reader_language(request), bot_of(request).clock().tzinfo
    return [
        {
            "name": group.name,
            "running": group.running,
            "at": f"{group.at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if group.at else "",
            "to_do": group.to_do,
            "findings": said(group, language),
        }
        for group in groups
    ]


def said(group: Group, language: Language) -> list[tuple[str, str, str]]:
    """Return the state of each finding, what was found and what to do about it; what must be done comes first."""
    order = {"todo": 0, "note": 1, "ok": 2}
    found = sorted(group.findings, key=lambda check: order[check.state])
    return [(check.state, check.said(language), check.advised(language)) for check in found]
