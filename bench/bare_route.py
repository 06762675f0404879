"""A route that reads its body and answers with nothing: what the same stack costs by itself."""

from fastapi import FastAPI, Request
from fastapi.responses import Response

ANSWER = b'{"answers":[]}'


async def _answer(request: Request) -> Response:
    await request.body()
    return Response(ANSWER, media_type="application/json")


def application() -> FastAPI:
    """An application with that one route."""
    bare = FastAPI(openapi_url=None)
    bare.add_route("/match", _answer, methods=["POST"])
    return bare
