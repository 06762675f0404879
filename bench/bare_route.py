"""What the same stack costs by itself: a route that reads its body and answers with nothing.

Twice: by hand, below all that FastAPI does for a route, as those of the server are; and declared,
as its users write one, with the body read as JSON and the answer written as JSON.
"""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

ANSWER = b'{"answers":[]}'


async def _answer(request: Request) -> Response:
    await request.body()
    return Response(ANSWER, media_type="application/json")


# Any: whatever JSON was sent.
async def _declared(question: dict[str, Any]) -> dict[str, Any]:
    return {"answers": question["parties"][:0]}


def application() -> FastAPI:
    """An application with those two routes."""
    bare = FastAPI(openapi_url=None)
    bare.add_route("/match", _answer, methods=["POST"])
    bare.add_api_route("/declared", _declared, methods=["POST"])
    return bare
