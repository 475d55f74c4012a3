"""What Prefect's client raises when its server is not there or refuses."""

import httpx
from prefect.exceptions import PrefectException

SERVER_FAILURES = (httpx.HTTPError, PrefectException)
