"""The served application: the API and, on top of its functions, the pages and their files."""

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from api.app import PREFIX as API
from api.app import create_api
from api.problems import answer_problem
from settings import Settings
from web.citizen import answering, cases, entrance, filing, progress, session
from web.desk import acting, inbox, incidents, journal, viewer
from web.pages import problem_page
from web.static_files import PREFIX, Assets

PAGES = (entrance, session, filing, progress, answering, inbox, viewer, journal, acting, incidents, cases)


async def answer_http(request: Request, error: Exception) -> Response:
    """Tell programs in JSON and people on a page that there is nothing at this address."""
    is_api = request.url.path.startswith(f"{API}/")
    return await answer_problem(request, error) if is_api else problem_page(request, error)


def compose(settings: Settings) -> FastAPI:
    app = create_api(settings)
    app.add_exception_handler(HTTPException, answer_http)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.mount(PREFIX, Assets(), name="static")
    return app
