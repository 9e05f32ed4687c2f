"""The served application: the API and, on top of its functions, the pages and their files."""

from fastapi import FastAPI

from api.app import create_api
from settings import Settings
from web.citizen import answering, cases, entrance, filing, progress, session
from web.desk import acting, inbox, incidents, journal, viewer
from web.static_files import PREFIX, Assets

PAGES = (entrance, session, filing, progress, answering, inbox, viewer, journal, acting, incidents, cases)


def create_app() -> FastAPI:
    """Compose what `motcua api` serves; the one place of this package that reads settings."""
    return compose(Settings.from_environment())


def compose(settings: Settings) -> FastAPI:
    app = create_api(settings)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.mount(PREFIX, Assets(), name="static")
    return app
