"""The served application: the API and, on top of its functions, the pages and their files."""

from fastapi import FastAPI

from api.app import create_api
from settings import Settings
from web.citizen import answering, cases, entrance, filing, progress, session
from web.desk import acting, inbox, incidents, journal, viewer
from web.static_files import PREFIX, Assets
from web.told import InWords

PAGES = (entrance, session, filing, progress, answering, inbox, viewer, journal, acting, incidents, cases)


def compose(settings: Settings) -> FastAPI:
    app = create_api(settings)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.mount(PREFIX, Assets(), name="static")
    app.add_middleware(InWords)
    return app
