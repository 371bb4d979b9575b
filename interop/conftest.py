"""Where the demo world is: DIR of `./sluice dev --data DIR`, given as SLUICE_DATA."""

import os
import pathlib

import pytest


@pytest.fixture(scope="session")
def data_dir() -> pathlib.Path:
    folder = os.environ.get("SLUICE_DATA")
    if not folder:
        pytest.fail("Set SLUICE_DATA to the data folder of a running ./sluice dev.")
    return pathlib.Path(folder)


@pytest.fixture(scope="session", params=["demo.share", "demo-sealed.share"])
def profile(request, data_dir) -> str:
    path = data_dir / request.param
    assert path.stat().st_mode & 0o077 == 0, f"{path} may be read by others than its owner"
    return str(path)
