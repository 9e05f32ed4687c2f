"""Properties of legal time are judged by their answers: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("legal-time", deadline=None)
settings.load_profile("legal-time")
