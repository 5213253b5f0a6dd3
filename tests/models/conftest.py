from __future__ import annotations

import pytest

from tutorbot.models.setup import ensure_ready
from tutorbot.settings import Settings, load_settings


@pytest.fixture(scope="session")
def real(request: pytest.FixtureRequest) -> Settings:
    """Settings under which the real weights are set up, in the user's own cache folder."""
    settings = load_settings(writer="openvino")
    ensure_ready(settings, lambda _: None)
    return settings
